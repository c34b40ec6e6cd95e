/** People's answers as the comparison takes them: groups of people who answered the same queries, and the two ways to make one number of them. */
import { group } from 'd3';
import type { AGGREGATIONS } from '../../shared/comparison.ts';
import { UserError } from '../../shared/errors.ts';
import type { RatingTable } from '../statistics/ratings.ts';
import { type QueryName, queryKey } from './answerSet.ts';

/** One person's answer to one query: one value, or several where the widget takes several (at least one, each on 0–100). */
export type Judgment = QueryName & { readonly participantId: string; readonly values: readonly number[] };

/**
 * `crossed`: a participant id means the same person in all scenarios. `nested`: it does so only within a scenario, so people are drawn,
 * split and counted scenario by scenario.
 */
export const DESIGNS = ['crossed', 'nested'] as const;
export type Design = (typeof DESIGNS)[number];

/** What of a person's answers counts. */
export type Aggregation = (typeof AGGREGATIONS)[number];

/** `values[p * queries.length + q]` are the values of participant p for query q; empty where there are none. */
export type PeopleGroup = {
  readonly queries: readonly QueryName[];
  readonly participants: readonly string[];
  readonly values: readonly (readonly number[])[];
};

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

function toGroup(judgments: readonly Judgment[]): PeopleGroup {
  const queries = new Map(
    judgments.map(({ scenarioId, queryId }) => [queryKey({ scenarioId, queryId }), { scenarioId, queryId }]),
  );
  const columns = new Map([...queries.keys()].map((key, q) => [key, q]));
  const participants = distinct(judgments.map(({ participantId }) => participantId));
  const rows = new Map(participants.map((id, p) => [id, p]));
  const values: (readonly number[])[] = Array.from({ length: participants.length * queries.size }, () => []);
  for (const judgment of judgments) {
    const at = (rows.get(judgment.participantId) ?? 0) * queries.size + (columns.get(queryKey(judgment)) ?? 0);
    if (values[at].length > 0)
      throw new UserError(
        `people: participant ${judgment.participantId} answers query ${judgment.queryId} of scenario ${judgment.scenarioId} twice`,
        { location: { path: queryKey(judgment) } },
      );
    values[at] = judgment.values;
  }
  return { queries: [...queries.values()], participants, values };
}

/** The judgments in groups: one for all in a crossed design, one per scenario in a nested one. Throws UserError on none and on doubles. */
export function groupPeople(judgments: readonly Judgment[], design: Design): PeopleGroup[] {
  if (judgments.length === 0) throw new UserError('people: expected at least one answer, received none');
  if (design === 'crossed') return [toGroup(judgments)];
  const byScenario = group(judgments, ({ scenarioId }) => scenarioId);
  return [...byScenario.values()].map(toGroup);
}

/** The group as a rating table: each person's mean, weighted by the number of values where they are pooled. */
export function tableOf(group: PeopleGroup, aggregation: Aggregation): RatingTable {
  const meanOf = (values: readonly number[]): number =>
    values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    participants: group.participants.length,
    queries: group.queries.length,
    values: Float64Array.from(group.values, meanOf),
    ...(aggregation === 'pooled' ? { weights: Float64Array.from(group.values, (values) => values.length) } : {}),
  };
}

/** The groups with only the queries that `keep` accepts; groups without any are dropped. */
export const selectPeople = (groups: readonly PeopleGroup[], keep: (query: QueryName) => boolean): PeopleGroup[] =>
  groups.flatMap((group) => {
    const columns = group.queries.flatMap((query, q) => (keep(query) ? [q] : []));
    if (columns.length === 0) return [];
    return [
      {
        queries: columns.map((q) => group.queries[q]),
        participants: group.participants,
        values: group.participants.flatMap((_, p) => columns.map((q) => group.values[p * group.queries.length + q])),
      },
    ];
  });
