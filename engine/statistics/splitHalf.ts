/**
 * Split-half reliability: people are split into two halves at random, the items' means in one half are correlated with those in the
 * other, and the Spearman–Brown formula takes that to the reliability of all. Missing ratings are skipped; an item missing from a half
 * is left out of that split.
 */
import { type Random, shuffled } from '../random.ts';
import { mean } from './moments.ts';
import { pearson } from './pearson.ts';
import { sortedQuantile } from './quantile.ts';
import type { RatingGroups, RatingTable } from './ratings.ts';
import { correlationCeiling, spearmanBrown } from './spearmanBrown.ts';

/** Weighted means per item over some participants of one table; NaN where none of them rated it. */
function meansOf(table: RatingTable, participants: readonly number[]): Float64Array {
  const sums = new Float64Array(table.queries);
  const totals = new Float64Array(table.queries);
  for (const p of participants)
    for (let q = 0, at = p * table.queries; q < table.queries; q++, at++) {
      if (Number.isNaN(table.values[at])) continue;
      const weight = table.weights?.[at] ?? 1;
      sums[q] += weight * table.values[at];
      totals[q] += weight;
    }
  return sums.map((sum, q) => sum / totals[q]);
}

/** One split: for each group the participants of its first half. The others are the second half. */
export type Halves = readonly (readonly number[])[];

/** The participants of `table` that are not in `half`. */
export function otherHalf(table: RatingTable, half: readonly number[]): number[] {
  const inHalf = new Set(half);
  return Array.from({ length: table.participants }, (_, p) => p).filter((p) => !inHalf.has(p));
}

/** r over the items that both halves rated, of all groups together; NaN where it is undefined. */
export function halfCorrelation(groups: RatingGroups, halves: Halves): number {
  const pairs = groups.flatMap((table, g) => {
    const a = meansOf(table, halves[g]);
    const b = meansOf(table, otherHalf(table, halves[g]));
    return Array.from(a, (mean, q): [number, number] => [mean, b[q]]);
  });
  const shared = pairs.filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
  return pearson(
    shared.map(([a]) => a),
    shared.map(([, b]) => b),
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

/** The statistics of given splits. */
export function splitHalfOf(groups: RatingGroups, splits: readonly Halves[]): SplitHalf {
  const r = splits.map((halves) => halfCorrelation(groups, halves));
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

/** A random split: every group in two halves, the first one fewer where the number of people is odd. */
export const drawHalves = (random: Random, groups: RatingGroups): Halves =>
  groups.map(({ participants }) => {
    const everyone = Array.from({ length: participants }, (_, p) => p);
    return shuffled(random, everyone).slice(0, Math.floor(participants / 2));
  });

/** Split-half reliability over `splits` random splits. People in different groups are split within their group. */
export const splitHalf = (random: Random, groups: RatingGroups, splits = DEFAULT_SPLITS): SplitHalf =>
  splitHalfOf(
    groups,
    Array.from({ length: splits }, () => drawHalves(random, groups)),
  );
