/** People against sources of answers: for each source the points of the scatter and the signed r with its bootstrap interval. */
import { UserError } from '../../shared/errors.ts';
import type { QueryKind } from '../../shared/queryKind.ts';
import type { Scatter } from '../../shared/report.ts';
import type { Random } from '../random.ts';
import type { IntervalOptions } from '../statistics/bootstrap.ts';
import { bootstrapCorrelation } from '../statistics/correlationBootstrap.ts';
import { queryMeans, type RatingTable, ratingTable } from '../statistics/ratings.ts';
import type { ResamplingUnit } from '../statistics/resamplePeople.ts';
import { type AnswerSet, answersTo, type QueryName, queryKey } from './answerSet.ts';

/** One participant's answer to one query; null where it is missing. */
export type Rating = QueryName & { readonly participantId: string; readonly rating: number | null };

/** A query people were asked, with its kind. */
export type AskedQuery = QueryName & { readonly kind: QueryKind };

/**
 * The ratings as a table participant × query, queries in the order given and participants in order of appearance. Throws UserError on a
 * query that was not asked and on a participant who answers one query twice.
 */
export function tabulateRatings(ratings: readonly Rating[], queries: readonly AskedQuery[]): RatingTable {
  const columns = new Map(queries.map((query, i) => [queryKey(query), i]));
  const rows = new Map<string, (number | null)[]>();
  const filled = new Set<string>();
  for (const rating of ratings) {
    const column = columns.get(queryKey(rating));
    if (column === undefined)
      throw new UserError(`ratings: query ${rating.queryId} of scenario ${rating.scenarioId} is not in the study`, {
        location: { path: queryKey(rating) },
      });
    const cell = `${rating.participantId} ${column}`;
    if (filled.has(cell))
      throw new UserError(
        `ratings: participant ${rating.participantId} answers query ${rating.queryId} of scenario ${rating.scenarioId} twice`,
        { location: { path: queryKey(rating) } },
      );
    filled.add(cell);
    const row = rows.get(rating.participantId) ?? new Array<number | null>(queries.length).fill(null);
    row[column] = rating.rating;
    rows.set(rating.participantId, row);
  }
  return ratingTable([...rows.values()]);
}

/**
 * One scatter per set: x the set's mean, y the mean over people with its standard error, queries nobody rated left out. r is null
 * where it is undefined. Every source is resampled with the same draws. Throws UserError without ratings or on a missing answer.
 */
export function correlate(
  random: Random,
  ratings: readonly Rating[],
  people: { readonly queries: readonly AskedQuery[]; readonly unit: ResamplingUnit } & IntervalOptions,
  sets: readonly AnswerSet[],
): Scatter[] {
  const table = tabulateRatings(ratings, people.queries);
  const means = queryMeans([table]);
  if (means.count.every((count) => count === 0))
    throw new UserError('correlation: expected ratings of people, received none');
  return sets.map((set) => {
    const answers = answersTo(set, people.queries).map((answer) => answer.mean);
    // The same labels give the same stream: all sources are compared on the same resamples.
    const { value, low, high } = bootstrapCorrelation(random.split('correlate'), [table], answers, people);
    const points = people.queries.flatMap((query, q) =>
      means.count[q] === 0
        ? []
        : [
            {
              scenarioId: query.scenarioId,
              queryId: query.queryId,
              kind: query.kind,
              x: answers[q],
              y: means.mean[q],
              yStandardError: Number.isNaN(means.standardError[q]) ? null : means.standardError[q],
              participants: means.count[q],
            },
          ],
    );
    return {
      source: set.source,
      sourceId: set.sourceId,
      label: set.label,
      points,
      r: [value, low, high].some(Number.isNaN) ? null : { value, low, high },
      nQueries: points.length,
      nParticipants: table.participants,
    };
  });
}
