/** How a comparison is made: what counts as a person's answer, what is drawn again, how often. */
import type { ResamplingUnit } from '../statistics/resamplePeople.ts';
import type { Aggregation } from './people.ts';

export type CompareOptions = {
  readonly aggregation: Aggregation;
  readonly unit: ResamplingUnit;
  readonly replicates: number;
  readonly level: number;
  /** Random splits for the reliability; divergences use at most `MAX_DIVERGENCE_SPLITS` of that number. */
  readonly splits: number;
};
