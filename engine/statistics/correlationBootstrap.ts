/** Correlation of people's query means with answers, with a bootstrap interval over participants, queries or both crossed. */
import { InternalError } from '../../shared/errors.ts';
import type { Random } from '../random.ts';
import {
  DEFAULT_LEVEL,
  DEFAULT_REPLICATES,
  type Interval,
  type IntervalOptions,
  percentileInterval,
  resampleCounts,
} from './bootstrap.ts';
import { pearson } from './pearson.ts';
import { queryMeans, type RatingTable } from './ratings.ts';

/** What is drawn again: the people, the queries, or both, independently. */
export type ResamplingUnit = 'participants' | 'queries' | 'both';

export type Correlation = Interval & { readonly value: number };

/** Weighted Pearson correlation; pairs of weight 0 do not count. NaN where one side does not vary. */
function weightedPearson(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  let total = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < x.length; i++) {
    if (weights[i] === 0) continue;
    total += weights[i];
    meanX += weights[i] * x[i];
    meanY += weights[i] * y[i];
  }
  meanX /= total;
  meanY /= total;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    if (weights[i] === 0) continue;
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    xx += weights[i] * dx * dx;
    yy += weights[i] * dy * dy;
    xy += weights[i] * dx * dy;
  }
  // Ratings lie on 0–100: a variance below this is rounding, not variation.
  if (!(xx > 1e-18 * total && yy > 1e-18 * total)) return Number.NaN;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Draws participants and recomputes the query means. Missing ratings weigh nothing; a query nobody drawn rated gets count 0. */
function createMeanResampler(ratings: RatingTable): (weights: Float64Array, means: Float64Array) => void {
  const { participants, queries, values } = ratings;
  const present = values.map((value) => (Number.isNaN(value) ? 0 : 1));
  const filled = values.map((value) => (Number.isNaN(value) ? 0 : value));
  const counts = new Float64Array(queries);
  return (weights, means) => {
    means.fill(0);
    counts.fill(0);
    for (let p = 0; p < participants; p++) {
      const weight = weights[p];
      if (weight === 0) continue;
      for (let q = 0, at = p * queries; q < queries; q++, at++) {
        means[q] += weight * filled[at];
        counts[q] += weight * present[at];
      }
    }
    for (let q = 0; q < queries; q++) means[q] /= counts[q];
  };
}

/**
 * Pearson's r of the mean over people with `answers` [queries], and its percentile interval over `unit`. `value` is NaN where one side
 * does not vary. Queries nobody rated are left out; in a replicate, so are queries that nobody drawn rated.
 */
export function bootstrapCorrelation(
  random: Random,
  ratings: RatingTable,
  answers: ArrayLike<number>,
  options: IntervalOptions & { readonly unit: ResamplingUnit },
): Correlation {
  if (answers.length !== ratings.queries)
    throw new InternalError(`correlation of ${answers.length} answers with ${ratings.queries} queries`);
  const { replicates = DEFAULT_REPLICATES, level = DEFAULT_LEVEL, unit } = options;
  const rated = ratedQueries(ratings);
  const table = selectQueries(ratings, rated);
  const y = Float64Array.from(rated, (q) => answers[q]);
  const means = queryMeans(table).mean;
  const resampleMeans = createMeanResampler(table);
  const participantWeights = new Float64Array(table.participants).fill(1);
  const queryWeights = new Float64Array(table.queries).fill(1);
  const drawn = new Float64Array(table.queries);
  const usable = new Float64Array(table.queries);
  const values = new Float64Array(replicates);
  for (let b = 0; b < replicates; b++) {
    if (unit !== 'queries') resampleCounts(random, participantWeights);
    if (unit !== 'participants') resampleCounts(random, queryWeights);
    resampleMeans(participantWeights, drawn);
    for (let q = 0; q < drawn.length; q++) usable[q] = Number.isNaN(drawn[q]) ? 0 : queryWeights[q];
    values[b] = weightedPearson(drawn, y, usable);
  }
  return { value: pearson(means, y), ...percentileInterval(values, level) };
}

function ratedQueries(ratings: RatingTable): number[] {
  const { count } = queryMeans(ratings);
  return Array.from(count.keys()).filter((q) => count[q] > 0);
}

/** The table of some of the queries, in the order given. */
export function selectQueries(ratings: RatingTable, queries: readonly number[]): RatingTable {
  const values = new Float64Array(ratings.participants * queries.length);
  for (let p = 0; p < ratings.participants; p++)
    for (let i = 0; i < queries.length; i++)
      values[p * queries.length + i] = ratings.values[p * ratings.queries + queries[i]];
  return { participants: ratings.participants, queries: queries.length, values };
}
