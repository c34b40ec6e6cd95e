/**
 * The bootstrap: how much a statistic varies when the things it was computed from are drawn again with replacement; percentile intervals.
 * **Source:** B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 */
import { UserError } from '../../shared/errors.ts';
import type { Random } from '../random.ts';
import { standardDeviation } from './moments.ts';
import { sortedQuantile } from './quantile.ts';

/** How an interval is made. */
export type IntervalOptions = {
  /** Times the statistic is recomputed; 10,000 unless told. */
  readonly replicates?: number;
  /** Coverage in (0, 1); 0.95 unless told. */
  readonly level?: number;
};

export const DEFAULT_REPLICATES = 10_000;
export const DEFAULT_LEVEL = 0.95;

/** `low`, `high` bound the interval; `standardError` is the replicates' standard deviation; `dropped` replicates were undefined (NaN). */
export type Interval = {
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
  readonly dropped: number;
};

/** The percentile interval of bootstrap replicates; NaN bounds where all are undefined. Throws UserError on a level outside (0, 1). */
export function percentileInterval(replicates: ArrayLike<number>, level = DEFAULT_LEVEL): Interval {
  if (!(level > 0 && level < 1)) throw new UserError(`interval level: expected above 0 and below 1, received ${level}`);
  const usable = Float64Array.from(replicates).filter((value) => !Number.isNaN(value));
  const sorted = usable.slice().sort();
  return {
    low: sortedQuantile(sorted, (1 - level) / 2),
    high: sortedQuantile(sorted, (1 + level) / 2),
    standardError: standardDeviation(usable),
    dropped: replicates.length - usable.length,
  };
}

/** Fills `indices` with draws from 0 … n − 1, each equally likely. */
export function resample(random: Random, indices: Int32Array, n = indices.length): void {
  for (let i = 0; i < indices.length; i++) indices[i] = random.integer(n);
}

/** Fills `counts` [n] with how often each of n things is drawn in n draws. */
export function resampleCounts(random: Random, counts: Float64Array): void {
  counts.fill(0);
  for (let i = 0; i < counts.length; i++) counts[random.integer(counts.length)]++;
}

/** The statistic of `replicates` resamples of n things; `statistic` gets the drawn indices [n], which it must not keep. */
export function bootstrap(
  random: Random,
  n: number,
  replicates: number,
  statistic: (indices: Int32Array) => number,
): Float64Array {
  const indices = new Int32Array(n);
  const result = new Float64Array(replicates);
  for (let b = 0; b < replicates; b++) {
    resample(random, indices);
    result[b] = statistic(indices);
  }
  return result;
}
