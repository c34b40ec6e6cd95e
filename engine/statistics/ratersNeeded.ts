/**
 * The rater planner: how many people must rate each query for their mean to have a wanted reliability, k = ρ*(1 − ρ₁)/(ρ₁(1 − ρ*)), with ρ₁ the
 * reliability of one person: ICC(1,1), or what n people's reliability ρₙ implies, ρ₁ = ρₙ/(n − (n − 1)ρₙ).
 * **Source:** C. Spearman (1910) and W. Brown (1910), solved for the length; studies §3.6.
 */
import { UserError } from '../../shared/errors.ts';

/** The reliability of one person, from that of the mean of `people`; NaN where it is not positive. */
export function singleReliability(reliability: number, people: number): number {
  const single = reliability / (people - (people - 1) * reliability);
  return single > 0 && single <= 1 ? single : Number.NaN;
}

/** People per query for `target` (above 0, below 1), rounded up; NaN where one person's reliability is unknown. Throws UserError on another target. */
export function ratersNeeded(single: number, target: number): number {
  if (!(target > 0 && target < 1))
    throw new UserError(`reliability wanted: expected above 0 and below 1, received ${target}`);
  if (Number.isNaN(single)) return Number.NaN;
  if (single === 1) return 1;
  // A hair less than a whole number is that number: 10.000000000000002 people are ten.
  return Math.max(1, Math.ceil((target * (1 - single)) / (single * (1 - target)) - 1e-9));
}
