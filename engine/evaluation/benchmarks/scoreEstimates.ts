/**
 * Scores of estimates on 0–100: mean absolute error of the mean, NLL of the rounded target mean, and the floors: every constant answer that
 * matters (50, and the best there is for these items) and the uniform distribution, whose NLL is ln 101.
 * **Source:** ppt §6.1 (read-outs), §7.1 (the floors the paper omits).
 */
import type { BenchmarkRow } from '../../../shared/benchmark.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import type { Random } from '../../random.ts';
import { quantile } from '../../statistics/quantile.ts';
import type { EstimateItem } from './benchmarkItem.ts';
import { type IntervalOptions, meanEstimate } from './benchmarkRow.ts';

type Respondent = { readonly label: string; readonly role: BenchmarkRow['role'] };

const CONSTANT_NOTE = 'no NLL: all mass is on one answer';

/** The row of distributions `probs[i]` [101]. */
export function estimateRow(
  random: Random,
  { label, role }: Respondent,
  answered: readonly { readonly item: EstimateItem; readonly probs: readonly number[] }[],
  options: IntervalOptions,
): BenchmarkRow {
  const errors = answered.map(({ item, probs }) =>
    Math.abs(probs.reduce((sum, prob, answer) => sum + prob * answer, 0) - item.mean),
  );
  const losses = answered.map(({ item, probs }) => -Math.log(probs[Math.round(item.mean)]));
  const isPossible = losses.every(Number.isFinite);
  return {
    label,
    role,
    n: answered.length,
    score: meanEstimate(random.split(label, 'score'), errors, options),
    nll: isPossible ? meanEstimate(random.split(label, 'nll'), losses, options) : null,
    ece: null,
    note: isPossible ? null : CONSTANT_NOTE,
  };
}

const constantProbs = (answer: number): number[] =>
  Array.from({ length: ANSWER_COUNT }, (_, i) => (i === answer ? 1 : 0));

/** The whole number with the least mean absolute error: a median of the items' means, whichever neighbour is better. */
export function bestConstant(items: readonly EstimateItem[]): number {
  const middle = quantile(
    items.map(({ mean }) => mean),
    0.5,
  );
  const errorOf = (answer: number): number => items.reduce((sum, { mean }) => sum + Math.abs(mean - answer), 0);
  return [Math.floor(middle), Math.ceil(middle)].reduce((a, b) => (errorOf(b) < errorOf(a) ? b : a));
}

/** Uniform, constant 50 and the best constant. */
export function estimateFloors(
  random: Random,
  items: readonly EstimateItem[],
  options: IntervalOptions,
): BenchmarkRow[] {
  if (items.length === 0) return [];
  const uniform = new Array<number>(ANSWER_COUNT).fill(1 / ANSWER_COUNT);
  const rowOf = (label: string, probs: readonly number[]): BenchmarkRow =>
    estimateRow(
      random,
      { label, role: 'floor' },
      items.map((item) => ({ item, probs })),
      options,
    );
  const best = bestConstant(items);
  return [
    rowOf('uniform', uniform),
    ...[...new Set([50, best])].map((answer) =>
      rowOf(`constant ${answer}${answer === best ? ' (best)' : ''}`, constantProbs(answer)),
    ),
  ];
}
