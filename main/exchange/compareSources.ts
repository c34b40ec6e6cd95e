/** The sources of a comparison: what the files answer, seeds pooled, and beside it what has to be beaten and what tells convention from inference. */
import type { AnswerSet, QueryName } from '../../engine/evaluation/answerSet.ts';
import { directionControl } from '../../engine/evaluation/directionControl.ts';
import { constantAnswers, kindMeanAnswers } from '../../engine/evaluation/floors.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import type { KnownQuery } from './compareFacets.ts';

const isTurned = ({ source }: AnswerSet): boolean => source === 'base' || source === 'external';

/**
 * The sets, an untuned source's contests turned around after it, then the constant 50 and, with `training`, the mean of the query's kind.
 * Kinds are needed for all but the constant, so `known` is null without a study.
 */
export function withControls(
  sets: readonly AnswerSet[],
  queries: readonly QueryName[],
  known: readonly KnownQuery[] | null,
  training: readonly DatasetRecord[] | null,
): AnswerSet[] {
  const hasContests = known?.some(({ kind }) => kind === 'contest') ?? false;
  return [
    ...sets.flatMap((set) => (known && hasContests && isTurned(set) ? [set, directionControl(set, known)] : [set])),
    constantAnswers(queries),
    ...(known && training ? [kindMeanAnswers(training, known)] : []),
  ];
}
