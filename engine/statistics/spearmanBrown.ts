/**
 * The Spearman–Brown formula: the reliability k times as many raters would have, k·r / (1 + (k − 1)·r). With k = 2 it takes the
 * correlation of two halves to the reliability of the whole; √ of that is the highest r a perfect answer can reach with people's means.
 * **Source:** C. Spearman (1910); W. Brown (1910).
 */

/** The reliability of `k` times as many raters; NaN where 1 + (k − 1)·r vanishes. */
export function spearmanBrown(r: number, k = 2): number {
  const denominator = 1 + (k - 1) * r;
  return Math.abs(denominator) < 1e-12 ? Number.NaN : (k * r) / denominator;
}

/** The ceiling of r with people's means: √reliability; NaN where the reliability is negative, since it then has none. */
export const correlationCeiling = (reliability: number): number => Math.sqrt(reliability);

/** Raters needed for reliability `wanted` when one rater has `single` (an ICC(1,1) or (2,1)); rounded up. NaN outside 0 < single, wanted < 1. */
export function ratersFor(wanted: number, single: number): number {
  if (!(single > 0 && single < 1 && wanted > 0 && wanted < 1)) return Number.NaN;
  return Math.ceil((wanted * (1 - single)) / (single * (1 - wanted)) - 1e-9);
}
