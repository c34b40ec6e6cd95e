/**
 * The standard normal distribution function: Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …), to double precision for |x| < 8; beyond
 * that the tail is below 10⁻¹⁵ and taken as nothing.
 * **Source:** G. Marsaglia, Evaluating the normal distribution, Journal of Statistical Software 11(4), 2004.
 */

const FARTHEST = 8;

/** Φ(x) on [0, 1]. */
export function normalCdf(x: number): number {
  if (x <= -FARTHEST) return 0;
  if (x >= FARTHEST) return 1;
  let term = x;
  let sum = x;
  for (let odd = 3; ; odd += 2) {
    term *= (x * x) / odd;
    if (sum + term === sum) break;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
