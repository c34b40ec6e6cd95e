/**
 * The 95 % interval of a mean over n people, m ± t(n − 1) · s/√n, on the 0–100 scale. The t quantile is closed for one and two degrees of
 * freedom and a series in 1/ν beyond, within 0.13 % from three degrees on.
 * **Source:** Student (1908); the series is M. Abramowitz & I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
 */
import { InternalError } from '../../shared/errors.ts';
import type { Estimate } from '../../shared/report.ts';
import { Z95 } from './pearson.ts';

const P = 0.975;
const SERIES = [
  (Z95 ** 3 + Z95) / 4,
  (5 * Z95 ** 5 + 16 * Z95 ** 3 + 3 * Z95) / 96,
  (3 * Z95 ** 7 + 19 * Z95 ** 5 + 17 * Z95 ** 3 - 15 * Z95) / 384,
  (79 * Z95 ** 9 + 776 * Z95 ** 7 + 1482 * Z95 ** 5 - 1920 * Z95 ** 3 - 945 * Z95) / 92_160,
];

/** The 97.5 % point of Student's t with `freedom` ≥ 1 degrees of freedom. */
export function studentT95(freedom: number): number {
  if (!(freedom >= 1)) throw new InternalError(`t with ${freedom} degrees of freedom`);
  if (freedom === 1) return Math.tan(Math.PI * (P - 0.5));
  if (freedom === 2) return (2 * P - 1) * Math.sqrt(2 / (4 * P * (1 - P)));
  return SERIES.reduce((sum, term, i) => sum + term / freedom ** (i + 1), Z95);
}

/** Half the width of the interval of a mean over `count` people; with the normal quantile where their number is unknown. */
export const meanHalfWidth = (standardError: number, count?: number): number =>
  (count === undefined ? Z95 : studentT95(count - 1)) * standardError;

/** `mean` with its interval, cut at 0 and 100; null below two people, where there is none. */
export function meanInterval(mean: number, standardError: number | null, count?: number): Estimate | null {
  if (standardError === null || (count !== undefined && count < 2)) return null;
  const half = meanHalfWidth(standardError, count);
  return { value: mean, low: Math.max(0, mean - half), high: Math.min(100, mean + half) };
}
