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

/** Draws scenarios again: `counts` [replicates × scenarios]. */
function drawScenarios(random: Random, scenarios: number, replicates: number): Float64Array[] {
  return Array.from({ length: replicates }, () => {
    const counts = new Float64Array(scenarios);
    resampleCounts(random, counts);
    return counts;
  });
}

/** The mean of `values` over all queries, with its interval over the drawn scenarios. */
function clusterEstimate(
  values: Float64Array,
  groups: readonly number[][],
  draws: readonly Float64Array[],
  level: number,
): Estimate {
  const sums = groups.map((group) => group.reduce((sum, i) => sum + values[i], 0));
  const replicates = draws.map((counts) => {
    let sum = 0;
    let n = 0;
    for (let s = 0; s < sums.length; s++) {
      sum += counts[s] * sums[s];
      n += counts[s] * groups[s].length;
    }
    return sum / n;
  });
  const { low, high } = percentileInterval(replicates, level);
  return { value: mean(values), low, high };
}

function byKind(records: readonly DatasetRecord[], absolute: Float64Array): EvaluationRow['byKind'] {
  const rows = QUERY_KINDS.map((kind) => [kind, absolute.filter((_, i) => records[i].kind === kind)] as const);
  return Object.fromEntries(
    rows
      .filter(([, errors]) => errors.length > 0)
      .map(([kind, errors]) => [kind, { n: errors.length, mae: mean(errors) }]),
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
  const groups = recordsByScenario(records);
  const draws = drawScenarios(random, groups.length, replicates);
  return sets.map((set) => {
    const { absolute, divergence } = queryErrors(records, answersTo(set, records));
    return {
      source: set.source,
      sourceId: set.sourceId,
      label: set.label,
      n: records.length,
      mae: clusterEstimate(absolute, groups, draws, level),
      divergence: divergence && clusterEstimate(divergence, groups, draws, level),
      byKind: byKind(records, absolute),
    };
  });
}
