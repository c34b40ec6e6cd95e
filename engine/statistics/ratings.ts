/** Ratings of people as a table participant × query, and the mean over people of each query. */
import { InternalError } from '../../shared/errors.ts';

/**
 * `values` [participants × queries], row by row; NaN where a participant gave no rating. `weights`, of the same shape, say how much each
 * rating counts (1 unless given): with the number of values a person gave as weight, the mean is that of all values pooled.
 */
export type RatingTable = {
  readonly participants: number;
  readonly queries: number;
  readonly values: Float64Array;
  readonly weights?: Float64Array;
};

/** People who answered the same queries, one table each; the groups share no person, and their queries are numbered on from group to group. */
export type RatingGroups = readonly RatingTable[];

/** The number of queries of all groups. */
export const countQueries = (groups: RatingGroups): number => groups.reduce((sum, { queries }) => sum + queries, 0);

/** A table from one row per participant; null or NaN is missing. All rows must be equally long. */
export function ratingTable(rows: readonly (readonly (number | null)[])[]): RatingTable {
  const queries = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== queries)) throw new InternalError('rating rows of different lengths');
  const values = Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
  return { participants: rows.length, queries, values };
}

/**
 * Per query: weighted mean over the people who rated it (NaN for none), standard error of that mean with people as the units (NaN for
 * fewer than two), and the number of people.
 */
export type QueryMeans = {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
  readonly count: Int32Array;
};

type WeightedRating = { readonly value: number; readonly weight: number };

function ratingsOf({ participants, queries, values, weights }: RatingTable, query: number): WeightedRating[] {
  const found: WeightedRating[] = [];
  for (let p = 0; p < participants; p++) {
    const value = values[p * queries + query];
    if (!Number.isNaN(value)) found.push({ value, weight: weights?.[p * queries + query] ?? 1 });
  }
  return found;
}

/** Mean, standard error and count of every query, [queries of all groups] each. */
export function queryMeans(groups: RatingGroups): QueryMeans {
  const n = countQueries(groups);
  const result = { mean: new Float64Array(n), standardError: new Float64Array(n), count: new Int32Array(n) };
  let at = 0;
  for (const table of groups)
    for (let q = 0; q < table.queries; q++, at++) {
      const ratings = ratingsOf(table, q);
      const total = ratings.reduce((sum, { weight }) => sum + weight, 0);
      const mean = ratings.reduce((sum, { value, weight }) => sum + weight * value, 0) / total;
      const squares = ratings.reduce((sum, { value, weight }) => sum + (weight * (value - mean)) ** 2, 0);
      const people = ratings.length;
      result.mean[at] = mean;
      result.count[at] = people;
      result.standardError[at] = people < 2 ? Number.NaN : Math.sqrt((squares * people) / (people - 1)) / total;
    }
  return result;
}

/** The table of some of the queries, in the order given. */
export function selectQueries(table: RatingTable, queries: readonly number[]): RatingTable {
  const select = (from: Float64Array): Float64Array => {
    const to = new Float64Array(table.participants * queries.length);
    for (let p = 0; p < table.participants; p++)
      for (let i = 0; i < queries.length; i++) to[p * queries.length + i] = from[p * table.queries + queries[i]];
    return to;
  };
  return {
    participants: table.participants,
    queries: queries.length,
    values: select(table.values),
    ...(table.weights ? { weights: select(table.weights) } : {}),
  };
}
