/** The one rating that several values, or chips on bins, imply. Free of schemas, so that pages stay small. */

/** The mean of values; null for none. */
export function meanRating(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean that chips on equal bins of 0–100 imply, each chip at the middle of its bin; null for no chips. */
export function chipsMean(chips: readonly number[]): number | null {
  const total = chips.reduce((sum, n) => sum + n, 0);
  const weighted = chips.reduce((sum, n, bin) => sum + n * (bin + 0.5), 0);
  return total === 0 ? null : (100 * weighted) / (total * chips.length);
}
