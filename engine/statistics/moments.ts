/** Mean, variance and standard error of a list of numbers. All are NaN where too few numbers define them. */

/** Σx / n; NaN for none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Σ(x − mean)² / (n − 1); NaN for fewer than two. Two passes, so that a large common offset costs no digits. */
export function sampleVariance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return values.length < 2 ? Number.NaN : sum / (values.length - 1);
}

/** Square root of the sample variance. */
export const standardDeviation = (values: ArrayLike<number>): number => Math.sqrt(sampleVariance(values));

/** Standard error of the mean: s / √n. */
export const standardError = (values: ArrayLike<number>): number =>
  standardDeviation(values) / Math.sqrt(values.length);
