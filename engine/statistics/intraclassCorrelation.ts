/**
 * Intraclass correlations of complete ratings [target][rater], all six forms, from the mean squares of the two-way table.
 * (1,·) raters nested in targets; (2,·) the same random raters rate all, absolute agreement; (3,·) the same fixed raters, consistency.
 * (·,1) of one rater; (·,k) of the mean of k.
 * **Source:** P. E. Shrout and J. L. Fleiss, Intraclass correlations (1979).
 */
import { InternalError } from '../../shared/errors.ts';
import { mean } from './moments.ts';

export type IntraclassCorrelations = {
  readonly oneSingle: number;
  readonly oneMean: number;
  readonly twoSingle: number;
  readonly twoMean: number;
  readonly threeSingle: number;
  readonly threeMean: number;
  readonly meanSquares: { readonly targets: number; readonly raters: number; readonly error: number };
};

function meanSquares(ratings: readonly (readonly number[])[]): {
  targets: number;
  raters: number;
  error: number;
  within: number;
} {
  const n = ratings.length;
  const k = ratings[0].length;
  const targetMeans = ratings.map(mean);
  const raterMeans = Array.from({ length: k }, (_, j) => mean(ratings.map((row) => row[j])));
  const grand = mean(targetMeans);
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  let residual = 0;
  let within = 0;
  ratings.forEach((row, i) => {
    row.forEach((value, j) => {
      residual += (value - targetMeans[i] - raterMeans[j] + grand) ** 2;
      within += (value - targetMeans[i]) ** 2;
    });
  });
  return {
    targets: (k * squares(targetMeans)) / (n - 1),
    raters: (n * squares(raterMeans)) / (k - 1),
    error: residual / ((n - 1) * (k - 1)),
    within: within / (n * (k - 1)),
  };
}

const UNDEFINED: IntraclassCorrelations = {
  oneSingle: Number.NaN,
  oneMean: Number.NaN,
  twoSingle: Number.NaN,
  twoMean: Number.NaN,
  threeSingle: Number.NaN,
  threeMean: Number.NaN,
  meanSquares: { targets: Number.NaN, raters: Number.NaN, error: Number.NaN },
};

/**
 * The six forms. NaN for fewer than two targets or raters, and where a denominator vanishes (below 1e-12 of the largest mean square).
 */
export function intraclassCorrelations(ratings: readonly (readonly number[])[]): IntraclassCorrelations {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (ratings.some((row) => row.length !== k))
    throw new InternalError('intraclass correlation of rows of different lengths');
  if (n < 2 || k < 2) return UNDEFINED;
  const { targets, raters, error, within } = meanSquares(ratings);
  const largest = Math.max(targets, raters, error, within);
  const ratio = (numerator: number, denominator: number): number =>
    largest === 0 || Math.abs(denominator) < 1e-12 * largest ? Number.NaN : numerator / denominator;
  return {
    oneSingle: ratio(targets - within, targets + (k - 1) * within),
    oneMean: ratio(targets - within, targets),
    twoSingle: ratio(targets - error, targets + (k - 1) * error + (k * (raters - error)) / n),
    twoMean: ratio(targets - error, targets + (raters - error) / n),
    threeSingle: ratio(targets - error, targets + (k - 1) * error),
    threeMean: ratio(targets - error, targets),
    meanSquares: { targets, raters, error },
  };
}
