import { expect, test } from 'vitest';
import { effectiveSampleSize, splitRHat } from '../../../engine/inference/diagnostics.ts';
import { createRandom } from '../../../engine/random.ts';

const LENGTH = 4_000;

/** Four chains x ← ρ x + √(1−ρ²) z, each shifted by its own amount. */
function autoregressive(rho: number, shifts: readonly number[]): Float64Array[] {
  return shifts.map((shift, c) => {
    const random = createRandom(5).split(c);
    let x = random.gaussian();
    return Float64Array.from(
      { length: LENGTH },
      () => shift + (x = rho * x + Math.sqrt(1 - rho * rho) * random.gaussian()),
    );
  });
}

test('independent draws count as themselves and mix', () => {
  const chains = autoregressive(0, [0, 0, 0, 0]);
  expect(effectiveSampleSize(chains) / (4 * LENGTH)).toBeCloseTo(1, 1);
  expect(splitRHat(chains)).toBeCloseTo(1, 2);
});

test.each([0.5, 0.9])('an autoregressive chain with ρ = %s is worth (1−ρ)/(1+ρ) of its length', (rho) => {
  const share = effectiveSampleSize(autoregressive(rho, [0, 0, 0, 0])) / (4 * LENGTH);
  const expected = (1 - rho) / (1 + rho);
  expect(share).toBeGreaterThan(0.7 * expected);
  expect(share).toBeLessThan(1.3 * expected);
});

test('chains at different places have a large split R̂, also when each drifts within itself', () => {
  expect(splitRHat(autoregressive(0, [0, 0, 0, 3]))).toBeGreaterThan(1.3);
  const drifting = autoregressive(0, [0, 0, 0, 0]).map((chain) => chain.map((x, i) => x + (4 * i) / LENGTH));
  expect(splitRHat(drifting)).toBeGreaterThan(1.2);
});

test('chains that never move have R̂ 1 when they agree and infinity when not', () => {
  expect(splitRHat([new Float64Array(100), new Float64Array(100)])).toBe(1);
  expect(splitRHat([new Float64Array(100), new Float64Array(100).fill(1)])).toBe(Number.POSITIVE_INFINITY);
});
