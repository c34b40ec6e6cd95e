/**
 * Quantiles by linear interpolation between order statistics: position h = (n − 1)·q.
 * **Source:** R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages (1996), type 7.
 */

/** The q-quantile (0 ≤ q ≤ 1) of numbers sorted upwards; NaN for none. */
export function sortedQuantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** The q-quantile of `values` in any order. */
export const quantile = (values: ArrayLike<number>, q: number): number =>
  sortedQuantile(Float64Array.from(values).sort(), q);
