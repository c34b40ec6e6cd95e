/**
 * Direction control: a source's answers to contests turned around (100 − answer). If turning them makes the answers better, the source
 * had the convention backwards; what fine-tuning gains beyond the turned row is inference, not the convention.
 * **Source:** ppt §7.1 (an untuned transformer correlates negatively with people on contests alone) and §7.3, E7.
 */
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { QueryKind } from '../../shared/queryKind.ts';
import { type AnswerSet, type QueryName, queryKey } from './answerSet.ts';

const turned = (answer: ModelAnswer): ModelAnswer => ({
  ...answer,
  mean: 100 - answer.mean,
  ...(answer.bins ? { bins: answer.bins.toReversed() } : {}),
  ...(answer.samples ? { samples: answer.samples.map((value) => 100 - value) } : {}),
});

/** `set` with its contest answers turned around, under the same source with `, contests turned` in its names. */
export function directionControl(
  set: AnswerSet,
  queries: readonly (QueryName & { readonly kind: QueryKind })[],
): AnswerSet {
  const contests = new Set(queries.filter(({ kind }) => kind === 'contest').map(queryKey));
  return {
    source: set.source,
    sourceId: `${set.sourceId}-turned`,
    label: `${set.label}, contests turned`,
    answers: set.answers.map((answer) => (contests.has(queryKey(answer)) ? turned(answer) : answer)),
  };
}
