/** Comparison: people against sources of answers, as data: what the command prints, the screens show and the figures draw. */
import type { Estimate } from '../../shared/report.ts';
import type { ResamplingUnit } from '../statistics/resamplePeople.ts';
import type { AnswerSet, QueryName } from './answerSet.ts';
import type { Aggregation } from './people.ts';

export type CompareOptions = {
  readonly aggregation: Aggregation;
  readonly unit: ResamplingUnit;
  readonly replicates: number;
  readonly level: number;
  /** Random splits for the reliability; divergences use at most `MAX_DIVERGENCE_SPLITS` of that number. */
  readonly splits: number;
};

/** Mean over queries with a bootstrap interval over queries. */
export type DivergenceSummary = {
  readonly wasserstein: Estimate | null;
  readonly jensenShannon: Estimate | null;
  readonly totalVariation: Estimate | null;
};

export type PeopleSummary = {
  readonly participants: number;
  readonly queries: number;
  readonly values: number;
  /** r between halves, uncorrected; the reliability it implies for everyone, with the middle 95 % over splits; √ of it. */
  readonly splitHalf: {
    readonly r: number | null;
    readonly reliability: Estimate | null;
    readonly ceiling: number | null;
  };
  readonly leaveOneOut: number | null;
  /** Between two random halves: the floor of the sources' divergences. */
  readonly divergence: DivergenceSummary;
};

export type SourceComparison = {
  readonly source: AnswerSet['source'];
  readonly sourceId: string;
  readonly label: string;
  readonly r: Estimate | null;
  readonly rSquared: number | null;
  readonly spearman: Estimate | null;
  readonly rmse: Estimate | null;
  readonly mae: Estimate | null;
  readonly bias: Estimate | null;
  readonly concordance: number | null;
  /** People ≈ intercept + slope·answers. */
  readonly line: { readonly slope: number; readonly intercept: number } | null;
  readonly divergence: DivergenceSummary;
};

/** `first` − `second`, on the same resamples. */
export type SourceDifference = {
  readonly first: string;
  readonly second: string;
  readonly r: Estimate | null;
  readonly rmse: Estimate | null;
};

/** One query: people's mean, its standard error, the standard deviation and median of all their values, and every source's mean and SD. */
export type ItemComparison = QueryName & {
  readonly participants: number;
  readonly mean: number;
  readonly standardError: number | null;
  readonly sd: number | null;
  readonly median: number;
  readonly answers: readonly { readonly mean: number; readonly sd: number | null }[];
};

export type Comparison = {
  readonly people: PeopleSummary;
  readonly sources: readonly SourceComparison[];
  readonly differences: readonly SourceDifference[];
  /** In the order of the groups' queries; `answers` in the order of `sources`. */
  readonly items: readonly ItemComparison[];
  /** Why numbers are null, in words. */
  readonly reasons: readonly string[];
  readonly coarseBins: number;
};
