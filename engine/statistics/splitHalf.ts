/**
 * Split-half reliability: people are split into two halves at random, the items' means in one half are correlated with those in the
 * other, and the Spearman–Brown formula takes that to the reliability of all. Missing ratings are skipped; an item missing from a half
 * is left out of that split.
 */
import { type Random, shuffled } from '../random.ts';
import { mean } from './moments.ts';
import { pearson } from './pearson.ts';
import { sortedQuantile } from './quantile.ts';
import type { RatingTable } from './ratings.ts';
import { correlationCeiling, spearmanBrown } from './spearmanBrown.ts';

/** Means per item over some participants; NaN where none of them rated it. */
export function meansOf(ratings: RatingTable, participants: readonly number[]): Float64Array {
  const sums = new Float64Array(ratings.queries);
  const counts = new Float64Array(ratings.queries);
  for (const p of participants)
    for (let q = 0; q < ratings.queries; q++) {
      const value = ratings.values[p * ratings.queries + q];
      if (Number.isNaN(value)) continue;
      sums[q] += value;
      counts[q]++;
    }
  return sums.map((sum, q) => sum / counts[q]);
}

/** r over the items that both halves rated; NaN where it is undefined. */
export function halfCorrelation(ratings: RatingTable, half: readonly number[]): number {
  const inHalf = new Set(half);
  const rest = Array.from({ length: ratings.participants }, (_, p) => p).filter((p) => !inHalf.has(p));
  const a = meansOf(ratings, half);
  const b = meansOf(ratings, rest);
  const shared = Array.from(a.keys()).filter((q) => !Number.isNaN(a[q]) && !Number.isNaN(b[q]));
  return pearson(
    shared.map((q) => a[q]),
    shared.map((q) => b[q]),
  );
}

export type SplitHalf = {
  /** r of each split, and its Spearman–Brown value; NaN where undefined. */
  readonly r: readonly number[];
  readonly spearmanBrown: readonly number[];
  /** Means over the splits where they are defined; `ofMeanR` corrects the mean r instead. NaN where no split is defined. */
  readonly meanR: number;
  readonly meanSpearmanBrown: number;
  readonly ofMeanR: number;
  /** The middle 95 % of the Spearman–Brown values. */
  readonly low: number;
  readonly high: number;
  /** √ of the mean Spearman–Brown value: the highest r any answer can expect with these people's means. */
  readonly ceiling: number;
  /** Splits where the Spearman–Brown value is defined. */
  readonly used: number;
};

/** The statistics of given halves: `halves[s]` lists the participants of one half of split s. */
export function splitHalfOf(ratings: RatingTable, halves: readonly (readonly number[])[]): SplitHalf {
  const r = halves.map((half) => halfCorrelation(ratings, half));
  const corrected = r.map((value) => spearmanBrown(value));
  const usable = corrected.filter((value) => !Number.isNaN(value));
  const sorted = Float64Array.from(usable).sort();
  const meanR = mean(r.filter((_, s) => !Number.isNaN(corrected[s])));
  const meanSpearmanBrown = mean(usable);
  return {
    r,
    spearmanBrown: corrected,
    meanR,
    meanSpearmanBrown,
    ofMeanR: spearmanBrown(meanR),
    low: sortedQuantile(sorted, 0.025),
    high: sortedQuantile(sorted, 0.975),
    ceiling: correlationCeiling(meanSpearmanBrown),
    used: usable.length,
  };
}

export const DEFAULT_SPLITS = 1000;

/** Split-half reliability over `splits` random halves; with an odd number of people the first half has one fewer. */
export function splitHalf(random: Random, ratings: RatingTable, splits = DEFAULT_SPLITS): SplitHalf {
  const everyone = Array.from({ length: ratings.participants }, (_, p) => p);
  const size = Math.floor(ratings.participants / 2);
  return splitHalfOf(
    ratings,
    Array.from({ length: splits }, () => shuffled(random, everyone).slice(0, size)),
  );
}
