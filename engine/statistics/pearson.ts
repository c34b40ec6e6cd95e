/** Pearson correlation: the covariance over the product of the standard deviations, with its Fisher interval. */
import { InternalError } from '../../shared/errors.ts';

/** Relative to the size of the numbers: what is left of a constant list after rounding. */
const CONSTANT = 1e-14;

/** Signed r in [−1, 1] of paired numbers; NaN for fewer than two pairs or where one side does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new InternalError(`pearson of ${x.length} and ${y.length} numbers`);
  const n = x.length;
  if (n < 2) return Number.NaN;
  let meanX = 0;
  let meanY = 0;
  let largestX = 0;
  let largestY = 0;
  for (let i = 0; i < n; i++) {
    meanX += x[i];
    meanY += y[i];
    largestX = Math.max(largestX, Math.abs(x[i]));
    largestY = Math.max(largestY, Math.abs(y[i]));
  }
  meanX /= n;
  meanY /= n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (xx <= n * (CONSTANT * largestX) ** 2 || yy <= n * (CONSTANT * largestY) ** 2) return Number.NaN;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** The standard normal's 97.5 % point. */
export const Z95 = 1.959963984540054;

/**
 * 95 % interval of a correlation r of n pairs: tanh(atanh r ± z/√(n − 3)); for Spearman's, `standardErrorFactor` √(1 + r²/2) widens it.
 * NaN for n < 4; [r, r] at |r| = 1. **Source:** R. A. Fisher (1921); D. G. Bonett and T. A. Wright (2000).
 */
export function fisherInterval(r: number, n: number, standardErrorFactor = 1): { low: number; high: number } {
  if (n < 4 || Number.isNaN(r)) return { low: Number.NaN, high: Number.NaN };
  if (Math.abs(r) >= 1 - 1e-15) return { low: r, high: r };
  const half = (Z95 * standardErrorFactor) / Math.sqrt(n - 3);
  return { low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) };
}
