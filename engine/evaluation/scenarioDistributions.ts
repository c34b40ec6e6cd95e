/** One scenario in full: the histograms of people's pooled answers and of every source's, with the distance of each source from people. */
import type { HistogramCell, HistogramRow, ScenarioHistograms } from '../../shared/comparison.ts';
import { UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { Estimate } from '../../shared/report.ts';
import { binCounts, coarsened, normalised } from '../statistics/histogram.ts';
import { meanInterval } from '../statistics/meanInterval.ts';
import { mean, standardDeviation, standardError } from '../statistics/moments.ts';
import { weightedWasserstein } from '../statistics/wasserstein.ts';
import { type AnswerSet, answersTo, type QueryName } from './answerSet.ts';
import { answerSd } from './compareItems.ts';
import { type PeopleGroup, selectPeople } from './people.ts';
import { COARSE_BINS, distributionOf } from './peopleDivergence.ts';

/** `people` are the values of each person who answered; `values` all of them. */
type Asked = {
  readonly query: QueryName;
  readonly people: readonly (readonly number[])[];
  readonly values: readonly number[];
};

function peopleCell({ people, values }: Asked): HistogramCell | null {
  if (values.length === 0) return null;
  return {
    shares: [...normalised(binCounts(values, COARSE_BINS))],
    mean: mean(values),
    sd: values.length < 2 ? null : standardDeviation(values),
    distance: null,
    people: { n: people.length, mean: peopleMean(people.map(mean)) },
  };
}

/** The mean of people's means, each person counting once. */
const peopleMean = (means: readonly number[]): Estimate | null =>
  meanInterval(mean(means), standardError(means), means.length);

function sourceCell(answer: ModelAnswer, { values }: Asked): HistogramCell | null {
  const distribution = distributionOf(answer);
  if (!distribution) return null;
  const counts = answer.bins ? coarsened(answer.bins, COARSE_BINS) : binCounts(answer.samples ?? [], COARSE_BINS);
  const people = { values, weights: new Float64Array(values.length).fill(1) };
  return {
    shares: [...normalised(counts)],
    mean: answer.mean,
    sd: answerSd(answer),
    distance: values.length === 0 ? null : weightedWasserstein(people, distribution),
  };
}

/** What people answered to each query of the scenario. Throws UserError where they were not asked about it. */
export function askedIn(groups: readonly PeopleGroup[], scenarioId: string): Asked[] {
  const asked = selectPeople(groups, (query) => query.scenarioId === scenarioId).flatMap((group) =>
    group.queries.map((query, q) => {
      const people = group.participants
        .map((_, p) => group.values[p * group.queries.length + q])
        .filter((values) => values.length > 0);
      return { query, people, values: people.flat() };
    }),
  );
  if (asked.length === 0)
    throw new UserError(`compare: people were not asked about scenario ${scenarioId}`, {
      hint: `they were asked about ${[...new Set(groups.flatMap((group) => group.queries.map((query) => query.scenarioId)))].slice(0, 8).join(', ')}`,
    });
  return asked;
}

/**
 * The histograms of scenario `scenarioId`: people first, then the sources. `textOf` gives a query's words. Throws UserError on a scenario
 * people were not asked about.
 */
export function scenarioDistributions(
  groups: readonly PeopleGroup[],
  sets: readonly AnswerSet[],
  scenarioId: string,
  textOf: (query: QueryName) => string,
): ScenarioHistograms {
  const asked = askedIn(groups, scenarioId);
  const queries = asked.map(({ query }) => query);
  const people: HistogramRow = { source: 'people', sourceId: 'people', label: 'People', cells: asked.map(peopleCell) };
  const sources = sets.map((set): HistogramRow => {
    const answers = answersTo(set, queries);
    return {
      source: set.source,
      sourceId: set.sourceId,
      label: set.label,
      cells: answers.map((answer, q) => sourceCell(answer, asked[q])),
    };
  });
  return {
    scenarioId,
    queries: queries.map((query) => ({ id: query.queryId, text: textOf(query) })),
    rows: [people, ...sources],
  };
}
