/** The checks that a posterior passes before it becomes a label. */
import { describe, expect, it } from 'vitest';
import { findLabelFaults } from '../../../engine/training/labelCheck.ts';
import { queryIdSchema } from '../../../shared/identifiers.ts';
import type { Posterior, QueryPosterior } from '../../../shared/posterior.ts';
import type { Query } from '../../../shared/scenario.ts';

const queries: Query[] = ['q1', 'q2'].map((id) => ({
  id: queryIdSchema.parse(id),
  text: id,
  kind: 'rank',
  target: {},
}));
const uniform: QueryPosterior = { mean: 50, sd: 29.2, mcse: 0.4, bins: Array(101).fill(1 / 101) };
const posterior = (q2: QueryPosterior, accepted = 5000): Posterior => ({
  queries: { q1: uniform, q2 },
  method: 'rejection',
  executions: 50_000,
  accepted,
  seed: 1,
  seconds: 1,
  executionsPerSecond: 50_000,
  warnings: [],
});
const demands = { minEffective: 200, precision: 0.5 };
const checks = (label: Posterior): (string | undefined)[][] =>
  findLabelFaults(queries, label, demands).map(({ check, queryId }) => [check, queryId]);

describe('findLabelFaults', () => {
  it('finds nothing in a good posterior', () => expect(checks(posterior(uniform))).toEqual([]));

  it('finds too few accepted runs, and counts effective draws where they are known', () => {
    expect(findLabelFaults(queries, posterior(uniform, 150), demands)).toEqual([
      { check: 'accepted', message: 'expected at least 200 effective draws, received 150 of 50000 executions' },
    ]);
    expect(checks({ ...posterior(uniform), ess: 40 })).toEqual([['accepted', undefined]]);
  });

  it('finds an imprecise label', () => {
    expect(findLabelFaults(queries, posterior({ ...uniform, mcse: 0.61 }), demands)).toEqual([
      { check: 'precision', queryId: 'q2', message: 'q2: expected an mcse of at most 0.5, reached 0.610' },
    ]);
  });

  it.each<[string, QueryPosterior]>([
    ['numeric', { mean: null, sd: null, mcse: null, bins: null, support: [true], probs: [1] }],
    ['numeric', { ...uniform, mean: Number.NaN }],
    ['numeric', { ...uniform, bins: Array(101).fill(0.02) }],
    ['numeric', { ...uniform, bins: Array(100).fill(0.01) }],
    ['range', { ...uniform, mean: 104 }],
    ['constant', { mean: 50, sd: 0, mcse: 0, bins: Array.from({ length: 101 }, (_, i) => (i === 50 ? 1 : 0)) }],
  ])('finds a label that fails the %s check', (check, label) =>
    expect(checks(posterior(label))).toEqual([[check, 'q2']]),
  );

  it('finds answers that do not match the queries by id', () => {
    const label = { ...posterior(uniform), queries: { q1: uniform, value: uniform } };
    expect(findLabelFaults(queries, label, demands)).toEqual([
      { check: 'queries', message: 'expected answers to q1, q2, received q1, value' },
    ]);
  });
});
