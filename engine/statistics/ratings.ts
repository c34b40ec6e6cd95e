/** Ratings of people as a table participant × query, and the mean over people of each query. */
import { InternalError } from '../../shared/errors.ts';

/** `values` [participants × queries], row by row; NaN where a participant gave no rating. */
export type RatingTable = {
  readonly participants: number;
  readonly queries: number;
  readonly values: Float64Array;
};

/** A table from one row per participant; null or NaN is missing. All rows must be equally long. */
export function ratingTable(rows: readonly (readonly (number | null)[])[]): RatingTable {
  const queries = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== queries)) throw new InternalError('rating rows of different lengths');
  const values = Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
  return { participants: rows.length, queries, values };
}

/** Per query: mean over the people who rated it (NaN for none), standard error of that mean (NaN for fewer than two), and their number. */
export type QueryMeans = {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
  readonly count: Int32Array;
};

/** Mean, standard error and count of every query, [queries] each. */
export function queryMeans(ratings: RatingTable): QueryMeans {
  const { participants, queries, values } = ratings;
  const mean = new Float64Array(queries);
  const standardError = new Float64Array(queries);
  const count = new Int32Array(queries);
  for (let q = 0; q < queries; q++) {
    let sum = 0;
    for (let p = 0; p < participants; p++) {
      const value = values[p * queries + q];
      if (Number.isNaN(value)) continue;
      sum += value;
      count[q]++;
    }
    mean[q] = sum / count[q];
    let squares = 0;
    for (let p = 0; p < participants; p++) {
      const value = values[p * queries + q];
      if (!Number.isNaN(value)) squares += (value - mean[q]) ** 2;
    }
    standardError[q] = count[q] < 2 ? Number.NaN : Math.sqrt(squares / (count[q] - 1) / count[q]);
  }
  return { mean, standardError, count };
}
