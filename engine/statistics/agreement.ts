/** Agreement of answers with people's means: every statistic the comparison reports, from one pair of lists. */
import { concordance } from './concordance.ts';
import { bias, meanAbsoluteError, rootMeanSquareError } from './errors.ts';
import { leastSquares } from './leastSquares.ts';
import { pearson } from './pearson.ts';
import { spearman } from './spearman.ts';

/**
 * `r`, `spearman` and `concordance` are signed; `rmse`, `mae` and `bias` (answers − people) in points; people ≈ intercept + slope·answers.
 * NaN where a statistic is undefined.
 */
export type Agreement = {
  readonly r: number;
  readonly spearman: number;
  readonly concordance: number;
  readonly rmse: number;
  readonly mae: number;
  readonly bias: number;
  readonly slope: number;
  readonly intercept: number;
};

/** The agreement of `answers` with people's `means`, one number per query each. */
export function agreementOf(means: ArrayLike<number>, answers: ArrayLike<number>): Agreement {
  return {
    r: pearson(means, answers),
    spearman: spearman(means, answers),
    concordance: concordance(means, answers),
    rmse: rootMeanSquareError(answers, means),
    mae: meanAbsoluteError(answers, means),
    bias: bias(answers, means),
    ...leastSquares(answers, means),
  };
}
