import { expect, test } from 'vitest';
import { inferText } from './testHost.ts';

const FACTORS = 200;
const PARTICLES = 1_000;
/** Two hundred factors that together weigh exp(−s·x) for x on 0–1. */
const slope = (s: number): string =>
  `var model = function () { var x = uniform(0, 1); repeat(${FACTORS}, function () { factor(${-s / FACTORS} * x); }); return 100 * x; };`;
/** The mean of 100·x under exp(−s·x) on 0–1. */
const meanOf = (s: number): number => 100 * (1 / s - 1 / (Math.exp(s) - 1));

test('factors that leave weights even cost a particle about log n runs, not n', () => {
  const { queries, executions, logZ } = inferText(slope(1), { method: 'smc', samples: PARTICLES, seed: 4 });
  expect(executions).toBeLessThanOrEqual(PARTICLES * Math.ceil(Math.log2(FACTORS + 1) + 1));
  expect(Math.abs((queries.value.mean ?? 0) - meanOf(1))).toBeLessThan(4 * 1);
  expect(logZ).toBeCloseTo(Math.log(1 - Math.exp(-1)), 1);
});

test('runs that went too far ahead are cut back to where weights became uneven', () => {
  const { queries, executions, logZ } = inferText(slope(30), { method: 'smc', precision: 0.3, seed: 4 });
  const { mean, mcse } = queries.value;
  expect(Math.abs((mean ?? 0) - meanOf(30))).toBeLessThan(4 * (mcse ?? 0));
  expect(logZ).toBeCloseTo(Math.log((1 - Math.exp(-30)) / 30), 0);
  // Ten batches of some resamplings, each with two moves and at most as many runs ahead: far from 200 runs a particle.
  expect(executions).toBeLessThan(10 * PARTICLES * 60);
});
