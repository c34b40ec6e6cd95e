/** Pooling: the answers one source gave under several seeds become one answer per query, the mixture of them with equal weights. */
import { group } from 'd3';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import { type AnswerSet, queryKey } from './answerSet.ts';

function mixture(answers: readonly ModelAnswer[]): ModelAnswer {
  const { scenarioId, queryId, source, sourceId } = answers[0];
  const mean = answers.reduce((sum, answer) => sum + answer.mean, 0) / answers.length;
  const hasBins = answers.every(({ bins }) => bins !== undefined);
  const hasSamples = answers.every(({ samples }) => samples !== undefined);
  return {
    scenarioId,
    queryId,
    source,
    sourceId,
    mean,
    ...(hasBins
      ? {
          bins: Array.from(
            { length: ANSWER_COUNT },
            (_, i) => answers.reduce((sum, { bins }) => sum + (bins?.[i] ?? 0), 0) / answers.length,
          ),
        }
      : {}),
    ...(hasSamples ? { samples: answers.flatMap(({ samples }) => samples ?? []) } : {}),
  };
}

/** One set per source and source id, in order of appearance, its seeds pooled. The label names the source, its id and the number of seeds. */
export function poolSeeds(answers: readonly ModelAnswer[]): AnswerSet[] {
  const bySource = group(answers, ({ source, sourceId }) => JSON.stringify([source, sourceId]));
  return [...bySource.values()].map((members) => {
    const { source, sourceId } = members[0];
    const byQuery = group(members, queryKey);
    const seeds = new Set(members.map(({ seed }) => seed)).size;
    const name = source === sourceId ? source : `${source} ${sourceId}`;
    return {
      source,
      sourceId,
      label: seeds > 1 ? `${name} (${seeds} seeds)` : name,
      answers: [...byQuery.values()].map(mixture),
    };
  });
}
