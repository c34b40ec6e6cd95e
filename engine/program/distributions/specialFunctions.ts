/**
 * Special functions of the densities. **Source:** C. Lanczos (1964), coefficients for g = 7, n = 9 as published by P. Godfrey; digamma by
 * recurrence and its asymptotic series (Abramowitz & Stegun 6.3.18).
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** log Γ(x), x > 0; relative error about 1e-14. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x - 1;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (t + i);
  const w = t + 7.5;
  return HALF_LOG_TWO_PI + (t + 0.5) * Math.log(w) - w + Math.log(sum);
}

/** d log Γ(x) / dx, x > 0. */
export function digamma(x: number): number {
  let value = 0;
  let y = x;
  while (y < 10) value -= 1 / y++;
  const inverse = 1 / (y * y);
  const series =
    inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse * (1 / 132)))));
  return value + Math.log(y) - 0.5 / y - series;
}

/** log B(a, b). */
export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** log n choose k. */
export const logChoose = (n: number, k: number): number =>
  k === 0 || k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** x · log y, 0 where x is 0. */
export const xLogY = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(y));

/** log √(2π). */
export const LOG_ROOT_TWO_PI = HALF_LOG_TWO_PI;
