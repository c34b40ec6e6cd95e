/** Proper scores of probabilities against outcomes: negative log-likelihood in nats and the Brier score. */
import { InternalError } from '../../shared/errors.ts';
import { mean } from './moments.ts';

/** log Σ exp, without overflow; −Infinity for none. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i] - largest);
  return largest + Math.log(sum);
}

function paired(p: ArrayLike<number>, y: ArrayLike<number>, term: (p: number, y: number) => number): number {
  if (p.length !== y.length) throw new InternalError(`scores of ${p.length} probabilities and ${y.length} outcomes`);
  return mean(Float64Array.from(p, (prob, i) => term(prob, y[i])));
}

/** Mean −log p(outcome) of P(true) `p` and outcomes `y` 0 or 1; `clip` is the least probability an outcome is given (0: a certain error costs ∞). */
export const binaryNll = (p: ArrayLike<number>, y: ArrayLike<number>, clip = 0): number =>
  paired(p, y, (prob, outcome) => -Math.log(Math.max(clip, outcome === 1 ? prob : 1 - prob)));

/** Mean (p − y)². */
export const brierScore = (p: ArrayLike<number>, y: ArrayLike<number>): number =>
  paired(p, y, (prob, outcome) => (prob - outcome) ** 2);

/** Mean −log softmax(logits)[outcome] of rows of logits. */
export const logitNll = (logits: readonly ArrayLike<number>[], outcomes: ArrayLike<number>): number =>
  mean(Float64Array.from(logits, (row, i) => logSumExp(row) - row[outcomes[i]]));
