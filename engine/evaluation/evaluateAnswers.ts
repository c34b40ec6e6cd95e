/**
 * The evaluation table: error of the mean and divergence of the distribution, against the program's posterior, for every source of answers.
 * Intervals resample whole scenarios, because the queries of one scenario share its events; all sources see the same resamples.
 */
import { UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { QUERY_KINDS } from '../../shared/queryKind.ts';
import type { Estimate, EvaluationRow } from '../../shared/report.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import type { Random } from '../random.ts';
import {
  DEFAULT_LEVEL,
  DEFAULT_REPLICATES,
  type IntervalOptions,
  percentileInterval,
  resampleCounts,
} from '../statistics/bootstrap.ts';
import { klDivergence } from '../statistics/klDivergence.ts';
import { mean } from '../statistics/moments.ts';
import { type AnswerSet, answersTo } from './answerSet.ts';

/** Per query: the absolute error of the mean in points, and KL(program ‖ answer) in nats where the answer has a distribution. */
export type QueryErrors = { readonly absolute: Float64Array; readonly divergence: Float64Array | null };

/** The errors of `answers` to `records`, both in one order. */
export function queryErrors(records: readonly DatasetRecord[], answers: readonly ModelAnswer[]): QueryErrors {
  const absolute = Float64Array.from(records, (record, i) => Math.abs(answers[i].mean - record.mean));
  const hasBins = answers.every((answer) => answer.bins !== undefined);
  const divergence = hasBins
    ? Float64Array.from(records, (record, i) => klDivergence(record.bins, answers[i].bins ?? []))
    : null;
  return { absolute, divergence };
}

/** Indices of the records of each scenario. */
function recordsByScenario(records: readonly DatasetRecord[]): number[][] {
  const groups = new Map<string, number[]>();
  records.forEach(({ scenarioId }, i) => {
    const group = groups.get(scenarioId);
    if (group) group.push(i);
    else groups.set(scenarioId, [i]);
  });
  return [...groups.values()];
}

/** Sums of `values` over the records of each scenario. */
const scenarioSums = (values: Float64Array, groups: readonly number[][]): Float64Array =>
  Float64Array.from(groups, (group) => group.reduce((sum, i) => sum + values[i], 0));

/** Means over all queries, with their intervals over scenarios; every list of `values` sees the same draws. */
function clusterEstimates(
  random: Random,
  values: readonly Float64Array[],
  groups: readonly number[][],
  { replicates, level }: Required<IntervalOptions>,
): Estimate[] {
  const sums = values.map((list) => scenarioSums(list, groups));
  const results = values.map(() => new Float64Array(replicates));
  const counts = new Float64Array(groups.length);
  for (let b = 0; b < replicates; b++) {
    resampleCounts(random, counts);
    let n = 0;
    for (let s = 0; s < counts.length; s++) n += counts[s] * groups[s].length;
    for (let list = 0; list < sums.length; list++) {
      let sum = 0;
      for (let s = 0; s < counts.length; s++) sum += counts[s] * sums[list][s];
      results[list][b] = sum / n;
    }
  }
  return values.map((list, i) => {
    const { low, high } = percentileInterval(results[i], level);
    return { value: mean(list), low, high };
  });
}

/** Per list of absolute errors, their means by kind of query, each with its interval over the scenarios that ask such a query. */
function kindEstimates(
  random: Random,
  records: readonly DatasetRecord[],
  lists: readonly Float64Array[],
  options: Required<IntervalOptions>,
): EvaluationRow['byKind'][] {
  const parts = QUERY_KINDS.flatMap((kind) => {
    const own = records.filter((record) => record.kind === kind);
    if (own.length === 0) return [];
    const errors = lists.map((list) => list.filter((_, i) => records[i].kind === kind));
    return [
      { kind, n: own.length, estimates: clusterEstimates(random.split(kind), errors, recordsByScenario(own), options) },
    ];
  });
  return lists.map((_, list) =>
    Object.fromEntries(
      parts.map(({ kind, n, estimates }) => {
        const { value, low, high } = estimates[list];
        return [kind, { n, mae: value, low, high }];
      }),
    ),
  );
}

/**
 * One row per set, in the order given. Every set must answer every record once. Throws UserError without records or on a missing answer.
 */
export function evaluateAnswers(
  random: Random,
  records: readonly DatasetRecord[],
  sets: readonly AnswerSet[],
  options: IntervalOptions = {},
): EvaluationRow[] {
  if (records.length === 0) throw new UserError('evaluation: expected at least one test query, received none');
  const { replicates = DEFAULT_REPLICATES, level = DEFAULT_LEVEL } = options;
  const errors = sets.map((set) => queryErrors(records, answersTo(set, records)));
  const absolutes = errors.map(({ absolute }) => absolute);
  const byKind = kindEstimates(random.split('kinds'), records, absolutes, { replicates, level });
  const lists = errors.flatMap(({ absolute, divergence }) => (divergence ? [absolute, divergence] : [absolute]));
  const estimates = clusterEstimates(random, lists, recordsByScenario(records), { replicates, level });
  const estimateOf = (list: Float64Array): Estimate => estimates[lists.indexOf(list)];
  return sets.map((set, s) => {
    const { absolute, divergence } = errors[s];
    return {
      source: set.source,
      sourceId: set.sourceId,
      label: set.label,
      n: records.length,
      mae: estimateOf(absolute),
      divergence: divergence && estimateOf(divergence),
      byKind: byKind[s],
    };
  });
}
