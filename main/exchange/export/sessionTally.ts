/** Counts over a session, in memory bounded by the study: what each query was answered, how often it was not, and which columns a wide table needs. */
import { type QueryName, queryKey } from '../../../engine/evaluation/answerSet.ts';
import { roundHalfEven } from '../../../engine/inference/tally.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import type { MISSING_CODES } from '../../../shared/response.ts';
import type { ExportedResponse } from './exportSource.ts';

/** One query's latest answers. `counts` [101] are of single values rounded to whole points; `sum` and `squares` of every person's rating. */
export type QueryTally = QueryName & {
  readonly counts: Float64Array;
  answered: number;
  sum: number;
  squares: number;
  values: number;
  readonly missing: Map<(typeof MISSING_CODES)[number], number>;
  /** Most marks anybody placed, and most times anybody was asked. */
  mostSamples: number;
  mostAsked: number;
};

export type SessionTally = {
  readonly queries: ReadonlyMap<string, QueryTally>;
  readonly participants: number;
  readonly answering: number;
  readonly responses: number;
  readonly revisions: number;
};

const newTally = ({ scenarioId, queryId }: QueryName): QueryTally => ({
  scenarioId,
  queryId,
  counts: new Float64Array(ANSWER_COUNT),
  answered: 0,
  sum: 0,
  squares: 0,
  values: 0,
  missing: new Map(),
  mostSamples: 0,
  mostAsked: 0,
});

/** Practice, checks and second askings count towards the columns a wide table needs, not towards what people judged. */
function addResponse(tally: QueryTally, { rating, samples, missingCode, phase }: ExportedResponse): void {
  tally.mostSamples = Math.max(tally.mostSamples, samples?.length ?? 0);
  if (phase !== 'main') return;
  if (missingCode !== undefined) tally.missing.set(missingCode, (tally.missing.get(missingCode) ?? 0) + 1);
  if (rating === null) return;
  tally.answered++;
  tally.sum += rating;
  tally.squares += rating ** 2;
  for (const value of samples ?? [rating]) {
    tally.counts[roundHalfEven(value)]++;
    tally.values++;
  }
}

/** The latest answers, in the order they were given. */
export const latestResponses = (responses: readonly ExportedResponse[]): ExportedResponse[] =>
  responses.filter(({ isLatest }) => isLatest);

/** Of those, the judgments: not practice, checks or questionnaires. */
export const latestJudgments = (responses: readonly ExportedResponse[]): ExportedResponse[] =>
  responses.filter(({ isLatest, phase }) => isLatest && phase === 'main');

/** Counts participant after participant. */
export function createTally(): { add: (responses: readonly ExportedResponse[]) => void; result: () => SessionTally } {
  const queries = new Map<string, QueryTally>();
  const total = { participants: 0, answering: 0, responses: 0, revisions: 0 };
  const add = (responses: readonly ExportedResponse[]): void => {
    const asked = new Map<string, number>();
    total.participants++;
    if (responses.length > 0) total.answering++;
    total.responses += responses.length;
    const latest = latestResponses(responses);
    total.revisions += responses.length - latest.length;
    for (const response of latest) {
      const key = queryKey(response);
      const tally = queries.get(key) ?? newTally(response);
      queries.set(key, tally);
      addResponse(tally, response);
      asked.set(key, (asked.get(key) ?? 0) + 1);
      tally.mostAsked = Math.max(tally.mostAsked, asked.get(key) ?? 0);
    }
  };
  return { add, result: () => ({ queries, ...total }) };
}
