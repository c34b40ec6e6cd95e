/**
 * Replies of language models that are asked in words, several times each: the answer a reply holds, and all replies to one query as samples,
 * with refusals and replies without an answer counted, never dropped in silence.
 * **Source:** ppt §5.2 (the first whole number in brackets, else the first whole number). Differs: a number off the scale is no answer,
 * where the published code clamps it.
 */
import { group } from 'd3';
import { UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { queryKey } from './answerSet.ts';

/** One call's reply: its words, or that it refused. */
export type Reply = Pick<ModelAnswer, 'scenarioId' | 'queryId' | 'source' | 'sourceId' | 'seed'> & {
  readonly text: string;
  readonly isRefused: boolean;
};

const BRACKETED = /<\s*(-?\d+(?:\.\d+)?)\s*>/;
const BARE = /(?<![\d.])-?\d+(?:\.\d+)?/;

/** The answer 0–100 in a reply's words; null where there is none on the scale. */
export function parseReply(text: string): number | null {
  const found = BRACKETED.exec(text)?.[1] ?? BARE.exec(text)?.[0];
  const value = Number(found);
  return found !== undefined && value >= 0 && value <= 100 ? value : null;
}

/** One answer per source, seed and query, its samples the replies that held one. Throws UserError where none of a query's replies did. */
export function gatherReplies(replies: readonly Reply[]): ModelAnswer[] {
  const groups = group(replies, ({ source, sourceId, seed, ...name }) =>
    JSON.stringify([source, sourceId, seed ?? null, queryKey(name)]),
  );
  return [...groups.values()].map((members) => {
    const { scenarioId, queryId, source, sourceId, seed } = members[0];
    const answered = members.filter(({ isRefused }) => !isRefused);
    const samples = answered.flatMap(({ text }) => parseReply(text) ?? []);
    const counts = {
      asked: members.length,
      refused: members.length - answered.length,
      unparsed: answered.length - samples.length,
    };
    if (samples.length === 0)
      throw new UserError(
        `${source} ${sourceId}: none of ${counts.asked} replies to query ${queryId} of scenario ${scenarioId} holds an answer (${counts.refused} refused, ${counts.unparsed} not readable)`,
        {
          hint: 'ask again, or leave the query out on both sides',
          location: { path: queryKey({ scenarioId, queryId }) },
        },
      );
    const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
    return {
      scenarioId,
      queryId,
      source,
      sourceId,
      ...(seed === undefined ? {} : { seed }),
      mean,
      samples,
      replies: counts,
    };
  });
}

/** Counts of all replies behind `answers`; null where none came as replies. */
export function countReplies(answers: readonly ModelAnswer[]): NonNullable<ModelAnswer['replies']> | null {
  const counted = answers.flatMap(({ replies }) => replies ?? []);
  if (counted.length === 0) return null;
  const sum = (name: 'asked' | 'refused' | 'unparsed'): number => counted.reduce((total, one) => total + one[name], 0);
  return { asked: sum('asked'), refused: sum('refused'), unparsed: sum('unparsed') };
}
