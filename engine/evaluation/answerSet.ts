/** AnswerSet: all answers of one source, found by scenario and query, never by order. */
import { UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';

/** One source's answers, with the name figures and tables give it. */
export type AnswerSet = {
  readonly source: ModelAnswer['source'];
  readonly sourceId: string;
  readonly label: string;
  readonly answers: readonly ModelAnswer[];
};

/** What names a query across sources. */
export type QueryName = { readonly scenarioId: string; readonly queryId: string };

/** The join key. Scenario ids hold no slash, so two different pairs never share one. */
export const queryKey = ({ scenarioId, queryId }: QueryName): string => `${scenarioId}/${queryId}`;

/**
 * The answer of `set` to each of `queries`, in their order. Throws UserError naming the first query that has no answer, or two.
 */
export function answersTo(set: AnswerSet, queries: readonly QueryName[]): ModelAnswer[] {
  const byKey = new Map<string, ModelAnswer>();
  const twice = new Set<string>();
  for (const answer of set.answers) {
    const key = queryKey(answer);
    if (byKey.has(key)) twice.add(key);
    byKey.set(key, answer);
  }
  return queries.map((query) => {
    const key = queryKey(query);
    const answer = byKey.get(key);
    if (!answer)
      throw new UserError(`${set.label}: no answer to query ${query.queryId} of scenario ${query.scenarioId}`, {
        hint: `${set.label} answers ${byKey.size} queries, ${queries.length} are asked; are the ids the same on both sides?`,
        location: { path: key },
      });
    if (twice.has(key))
      throw new UserError(`${set.label}: two answers to query ${query.queryId} of scenario ${query.scenarioId}`, {
        hint: 'pool the seeds of one source into one answer per query first',
        location: { path: key },
      });
    return answer;
  });
}
