/** The ladder: one scenario edited one action at a time, and each edit makes the programs think more of the one player. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { studyPosteriors } from '../../../main/jobs/studyPosteriors.ts';
import { createInferencePool, type InferencePool } from '../../../main/processes/inferencePool.ts';
import { resource, version } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import type { Posterior } from '../../../shared/posterior.ts';

const study = loadStudy(resource('studies', 'ladder'));
let pool: InferencePool;
let posteriors: Readonly<Record<string, Posterior>>;
beforeAll(async () => {
  pool = createInferencePool({ workers: 2, engineVersion: version() });
  posteriors = await studyPosteriors(pool, study, { precision: 0.5, seed: 3 });
}, 180_000);
afterAll(() => pool.stop());

const steps = study.scenarios.map(({ id }) => id);
const valuesOf = (queryId: string) =>
  steps.map((id) => {
    const { mean, mcse } = posteriors[id].queries[queryId];
    return { mean: mean ?? Number.NaN, mcse: mcse ?? Number.NaN };
  });

it('has eight steps, each with one action changed', () => {
  expect(steps).toEqual(Array.from({ length: 8 }, (_, i) => `ladder-${i + 1}`));
  for (const [i, { conditions }] of study.scenarios.entries()) {
    const before = study.scenarios[i - 1]?.conditions ?? conditions;
    expect(conditions.filter(({ text }, c) => text !== before[c].text)).toHaveLength(i === 0 ? 0 : 1);
  }
});

it('ranks her skill higher at every step, by more than three standard errors', () => {
  const values = valuesOf('skill1');
  for (const [i, { mean, mcse }] of values.entries()) {
    const before = values[i - 1];
    if (before) expect(mean - before.mean, `step ${i + 1}`).toBeGreaterThan(3 * Math.hypot(mcse, before.mcse));
  }
  expect(values[7].mean - values[0].mean).toBeGreaterThan(40);
});

it('thinks her likelier to win next at every step, by ever less towards certainty', () => {
  const means = valuesOf('next').map(({ mean }) => mean);
  expect(means).toEqual([...means].sort((a, b) => a - b));
  expect(means[7] - means[0]).toBeGreaterThan(20);
});
