/**
 * Draws that several families share: gamma, exponential, an index from weights. **Source:** G. Marsaglia & W. Tsang, A simple method for
 * generating gamma variables (2000).
 */
import type { Draws } from '../draws.ts';

/** Exponential with mean 1. */
export const drawExponential = (draws: Draws): number => -Math.log(draws.uniform());

/** Gamma with scale 1; for shapes below 1 the logarithm is drawn, so tiny values do not become 0 before `scale` is applied. */
export function drawLogGamma(draws: Draws, shape: number): number {
  if (shape < 1) return drawLogGamma(draws, shape + 1) + Math.log(draws.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draws.gaussian();
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    if (Math.log(draws.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}

/** An index with probability weights[i] / total. */
export function drawIndex(draws: Draws, weights: ArrayLike<number>, total: number): number {
  let left = draws.uniform() * total;
  const last = weights.length - 1;
  for (let i = 0; i < last; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  // Rounding may leave a rest: the last index that has weight.
  let i = last;
  while (i > 0 && weights[i] === 0) i--;
  return i;
}
