/** How far answers lie from what they should be, in the units of the answers: mean absolute, root mean square and signed mean error. */
import { InternalError } from '../../shared/errors.ts';

function meanOfDifferences(
  answers: ArrayLike<number>,
  targets: ArrayLike<number>,
  term: (d: number) => number,
): number {
  if (answers.length !== targets.length)
    throw new InternalError(`errors of ${answers.length} answers to ${targets.length} targets`);
  let sum = 0;
  for (let i = 0; i < answers.length; i++) sum += term(answers[i] - targets[i]);
  return sum / answers.length;
}

/** Mean of |answer − target|; NaN for none. */
export const meanAbsoluteError = (answers: ArrayLike<number>, targets: ArrayLike<number>): number =>
  meanOfDifferences(answers, targets, Math.abs);

/** Square root of the mean of (answer − target)²; NaN for none. */
export const rootMeanSquareError = (answers: ArrayLike<number>, targets: ArrayLike<number>): number =>
  Math.sqrt(meanOfDifferences(answers, targets, (d) => d * d));

/** Mean of answer − target: above 0 where answers are too high; NaN for none. */
export const bias = (answers: ArrayLike<number>, targets: ArrayLike<number>): number =>
  meanOfDifferences(answers, targets, (d) => d);
