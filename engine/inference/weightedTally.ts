/** A tally by log weights: weights are kept relative to the largest so far, so none over- or underflows. */
import { ProgramFault } from '../program/fault.ts';
import { createTally, type Tally } from './tally.ts';

export type WeightedTally = {
  readonly tally: Tally;
  /** Adds a value with its log weight, which must not be −∞. Throws ProgramFault where it is no number or +∞. */
  readonly add: (value: unknown, logWeight: number) => void;
  /** (Σ w)² / Σ w². */
  readonly ess: () => number;
  /** log Σ w. */
  readonly logSum: () => number;
};

export function createWeightedTally(): WeightedTally {
  const tally = createTally();
  let offset = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  const add = (value: unknown, logWeight: number): void => {
    if (!(logWeight < Number.POSITIVE_INFINITY))
      throw new ProgramFault(
        `the factors of a run add up to ${logWeight}`,
        'Subtract the largest value the factors can have.',
      );
    if (logWeight > offset) {
      const by = offset === Number.NEGATIVE_INFINITY ? 0 : Math.exp(offset - logWeight);
      if (by > 0) tally.rescale(by);
      sum *= by;
      squares *= by * by;
      offset = logWeight;
    }
    const weight = Math.exp(logWeight - offset);
    sum += weight;
    squares += weight * weight;
    if (weight > 0) tally.add(value, weight);
  };
  return { tally, add, ess: () => (squares > 0 ? (sum * sum) / squares : 0), logSum: () => Math.log(sum) + offset };
}
