/**
 * Jensen–Shannon divergence: the mean divergence of two histograms from their average, in bits, 0 (equal) to 1 (nothing shared).
 * On 101 bins and a few people it mostly measures the few people: bin coarsely and show it beside people's half-against-half value.
 * **Source:** J. Lin, Divergence measures based on the Shannon entropy (1991).
 */
import { InternalError } from '../../shared/errors.ts';
import { normalised } from './histogram.ts';

const term = (p: number, m: number): number => (p > 0 ? p * Math.log2(p / m) : 0);

/** Divergence in bits of two histograms over the same bins; each is normalised first. NaN where one has no mass. */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length) throw new InternalError(`divergence of ${p.length} and ${q.length} bins`);
  const a = normalised(p);
  const b = normalised(q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i] + b[i])) return Number.NaN;
    const middle = (a[i] + b[i]) / 2;
    sum += (term(a[i], middle) + term(b[i], middle)) / 2;
  }
  return Math.max(0, sum);
}
