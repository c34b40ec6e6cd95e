/**
 * Scores of multiple choice: probabilities over the options that were offered and no others; accuracy with ties shared, NLL of the right
 * option, calibration error over pooled items. Beside every transformer stand a uniform answer, the best constant place, and, where there is
 * one, the exact Bayes predictive.
 * **Source:** ppt §6.3, §7.3 E4–E6.
 */
import type { BenchmarkRow } from '../../../shared/benchmark.ts';
import type { Random } from '../../random.ts';
import { calibrationError } from '../../statistics/calibrationError.ts';
import { logSumExp } from '../../statistics/properScores.ts';
import type { TemperatureItem } from '../../statistics/temperature.ts';
import { ALPHABETS, alphabetOf, type ChoiceItem } from './benchmarkItem.ts';
import { ECE_BINS, type IntervalOptions, meanEstimate } from './benchmarkRow.ts';

/** Log-probabilities of an item's own labels, out of those of its alphabet. */
export function offeredLogProbs(item: ChoiceItem, logProbs: readonly number[]): number[] {
  const alphabet: readonly string[] = ALPHABETS[alphabetOf(item)];
  return item.labels.map((label) => logProbs[alphabet.indexOf(label)]);
}

/** Probabilities p ∝ exp(l/T). */
export function scaledProbs(logProbs: readonly number[], temperature = 1): number[] {
  const scaled = logProbs.map((value) => value / temperature);
  const total = logSumExp(scaled);
  return scaled.map((value) => Math.exp(value - total));
}

/** The share of the credit the likeliest options get: 1 where the right one alone is likeliest, 1/ties among several. */
function creditOf(probs: readonly number[], gold: number): number {
  const best = Math.max(...probs);
  return probs[gold] === best ? 1 / probs.filter((prob) => prob === best).length : 0;
}

type Respondent = { readonly label: string; readonly role: BenchmarkRow['role'] };

/** One row. `probs[i]` are item i's over its labels. An impossible right answer costs infinitely much: then there is no NLL, and a note. */
export function choiceRow(
  random: Random,
  { label, role }: Respondent,
  answered: readonly { readonly item: ChoiceItem; readonly probs: readonly number[] }[],
  options: IntervalOptions,
): BenchmarkRow {
  const credits = answered.map(({ item, probs }) => creditOf(probs, item.gold));
  const losses = answered.map(({ item, probs }) => -Math.log(probs[item.gold]));
  const impossible = losses.filter((loss) => loss === Number.POSITIVE_INFINITY).length;
  const ece = calibrationError(
    answered.map(({ probs }) => Math.max(...probs)),
    credits,
    ECE_BINS,
  );
  return {
    label,
    role,
    n: answered.length,
    score: meanEstimate(random.split(label, 'score'), credits, options),
    nll: meanEstimate(random.split(label, 'nll'), losses, options),
    ece: Number.isFinite(ece) ? ece : null,
    note:
      impossible === 0
        ? null
        : `no NLL: the right option has probability 0 on ${impossible} of ${answered.length} items`,
  };
}

/** Uniform, the constant place that is right most often, and the exact Bayes predictive of the items that have one. */
export function referenceRows(random: Random, items: readonly ChoiceItem[], options: IntervalOptions): BenchmarkRow[] {
  if (items.length === 0) return [];
  const places = Math.min(...items.map(({ labels }) => labels.length));
  const rightAt = (place: number): number => items.filter(({ gold }) => gold === place).length;
  const best = Array.from({ length: places }, (_, place) => place).reduce((a, b) => (rightAt(b) > rightAt(a) ? b : a));
  const withCeiling = items.flatMap((item) => (item.ceiling === null ? [] : [{ item, probs: item.ceiling }]));
  const uniform = items.map((item) => ({ item, probs: item.labels.map(() => 1 / item.labels.length) }));
  const constant = items.map((item) => ({ item, probs: item.labels.map((_, i) => (i === best ? 1 : 0)) }));
  return [
    choiceRow(random, { label: 'uniform', role: 'floor' }, uniform, options),
    choiceRow(random, { label: `always ${items[0].labels[best]}`, role: 'floor' }, constant, options),
    ...(withCeiling.length === 0
      ? []
      : [choiceRow(random, { label: 'exact Bayes', role: 'ceiling' }, withCeiling, options)]),
  ];
}

/** What a temperature is fitted on. */
export const temperatureItem = (item: ChoiceItem, logProbs: readonly number[]): TemperatureItem => ({
  logits: logProbs,
  target: item.labels.map((_, i) => (i === item.gold ? 1 : 0)),
});
