/** The columns of the wide table: `item__query`, with `__s1 …` where several marks were placed and `__t2 …` where it was asked again. */
import { group } from 'd3';
import { type QueryName, queryKey } from '../../../engine/evaluation/answerSet.ts';
import type { ExportedResponse } from './exportSource.ts';
import type { SessionTally } from './sessionTally.ts';

/** One column. `time` counts askings from 1, `sample` marks from 1; null where the query takes one value. */
export type WideColumn = QueryName & { readonly name: string; readonly time: number; readonly sample: number | null };

const nameOf = ({ scenarioId, queryId }: QueryName, time: number, sample: number | null): string =>
  [scenarioId, queryId, ...(time > 1 ? [`t${time}`] : []), ...(sample === null ? [] : [`s${sample}`])].join('__');

/** All columns, in the order queries were first answered. */
export const wideColumns = (tally: SessionTally): WideColumn[] =>
  [...tally.queries.values()].flatMap(({ scenarioId, queryId, mostSamples, mostAsked }) =>
    Array.from({ length: mostAsked }, (_, t) => t + 1).flatMap((time) =>
      (mostSamples === 0 ? [null] : Array.from({ length: mostSamples }, (_, s) => s + 1)).map((sample) => ({
        scenarioId,
        queryId,
        time,
        sample,
        name: nameOf({ scenarioId, queryId }, time, sample),
      })),
    ),
  );

const NAME = /^(.+?)__([a-zA-Z][a-zA-Z0-9_]*?)(?:__t(\d+))?(?:__s(\d+))?$/;

/** The column a name stands for; undefined for any other name. */
export function parseWideName(name: string): WideColumn | undefined {
  const [, scenarioId, queryId, time, sample] = NAME.exec(name) ?? [];
  if (scenarioId === undefined || queryId === undefined) return undefined;
  return { name, scenarioId, queryId, time: Number(time ?? 1), sample: sample === undefined ? null : Number(sample) };
}

/** A participant's cells in the order of `columns`, null where there is no value. */
export function wideCells(latest: readonly ExportedResponse[], columns: readonly WideColumn[]): (number | null)[] {
  const asked = group(latest, queryKey);
  return columns.map(({ scenarioId, queryId, time, sample }) => {
    const response = asked.get(queryKey({ scenarioId, queryId }))?.[time - 1];
    if (response === undefined) return null;
    if (sample === null) return response.rating;
    return (response.samples ?? (response.rating === null ? [] : [response.rating]))[sample - 1] ?? null;
  });
}
