/** Correlation of people's query means with answers, with a bootstrap interval over participants, queries or both crossed. */
import { InternalError } from '../../shared/errors.ts';
import type { Random } from '../random.ts';
import {
  DEFAULT_LEVEL,
  DEFAULT_REPLICATES,
  type Interval,
  type IntervalOptions,
  percentileInterval,
} from './bootstrap.ts';
import { pearson } from './pearson.ts';
import { countQueries, queryMeans, type RatingGroups } from './ratings.ts';
import { recentre } from './recentre.ts';
import { type ResamplingUnit, resamplePeople } from './resamplePeople.ts';

export type Correlation = Interval & { readonly value: number };

/** Pearson's r over the listed queries whose mean is known; `x` and `y` are scratch space. */
function correlationOver(
  means: Float64Array,
  answers: ArrayLike<number>,
  queries: ArrayLike<number>,
  [x, y]: readonly [Float64Array, Float64Array],
): number {
  let n = 0;
  for (let i = 0; i < queries.length; i++) {
    const mean = means[queries[i]];
    if (Number.isNaN(mean)) continue;
    x[n] = mean;
    y[n] = answers[queries[i]];
    n++;
  }
  return pearson(x.subarray(0, n), y.subarray(0, n));
}

/**
 * Pearson's r of the mean over people with `answers` [queries], and its percentile interval over `unit`, the replicates centred on it
 * where people are drawn. `value` is NaN where one side does not vary. Queries nobody rated are left out; in a replicate, so are queries that nobody drawn rated.
 */
export function bootstrapCorrelation(
  random: Random,
  groups: RatingGroups,
  answers: ArrayLike<number>,
  options: IntervalOptions & { readonly unit: ResamplingUnit },
): Correlation {
  const n = countQueries(groups);
  if (answers.length !== n) throw new InternalError(`correlation of ${answers.length} answers with ${n} queries`);
  const { replicates = DEFAULT_REPLICATES, level = DEFAULT_LEVEL, unit } = options;
  const scratch = [new Float64Array(n), new Float64Array(n)] as const;
  const values = new Float64Array(replicates);
  resamplePeople(random, groups, { unit, replicates }, (means, queries, b) => {
    values[b] = correlationOver(means, answers, queries, scratch);
  });
  const everyQuery = Int32Array.from({ length: n }, (_, q) => q);
  const value = correlationOver(queryMeans(groups).mean, answers, everyQuery, scratch);
  const placed = unit === 'queries' ? values : recentre(values, value, 'correlation');
  return { value, ...percentileInterval(placed, level) };
}
