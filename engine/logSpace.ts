/** Sums and differences of probabilities kept as logarithms, so that nothing under- or overflows. */

/** log Σ exp(xᵢ); −∞ for an empty list. The largest term is taken out, so every exponent is at most 0. */
export function logSumExp(xs: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < xs.length; i++) if (xs[i] > largest) largest = xs[i];
  if (largest === Number.NEGATIVE_INFINITY || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += Math.exp(xs[i] - largest);
  return largest + Math.log(sum);
}

/** log(exp(a) + exp(b)). */
export function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  if (larger === Number.NEGATIVE_INFINITY) return larger;
  return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}

/** The normalized weights exp(xᵢ) / Σ exp(xⱼ) [n]. All zero when every xᵢ is −∞. */
export function normalizeLogWeights(xs: ArrayLike<number>): Float64Array {
  const total = logSumExp(xs);
  const result = new Float64Array(xs.length);
  if (total === Number.NEGATIVE_INFINITY) return result;
  for (let i = 0; i < xs.length; i++) result[i] = Math.exp(xs[i] - total);
  return result;
}
