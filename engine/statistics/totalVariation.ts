/** Total variation distance: half the sum of absolute differences; the share of mass that would have to move at all. */
import { InternalError } from '../../shared/errors.ts';
import { normalised } from './histogram.ts';

/** Distance in [0, 1] of two histograms over the same bins; each is normalised first. NaN where one has no mass. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length) throw new InternalError(`distance of ${p.length} and ${q.length} bins`);
  const a = normalised(p);
  const b = normalised(q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / 2;
}
