/** Everybody's answers to one scenario as distributions over the 101 whole answers: people's pooled values and every source's, query by query. */
import { ANSWER_COUNT } from '../../shared/answerScale.ts';
import type { AnswerOverlay, OverlaySeries } from '../../shared/comparison.ts';
import { roundHalfEven } from '../inference/tally.ts';
import { mean } from '../statistics/moments.ts';
import { type AnswerSet, answersTo, type QueryName } from './answerSet.ts';
import type { PeopleGroup } from './people.ts';
import { distributionOf } from './peopleDivergence.ts';
import { askedIn } from './scenarioDistributions.ts';

/** Shares [101] of weighted values on 0–100; halves go to the even answer. */
function shares(values: ArrayLike<number>, weightOf: (at: number) => number): number[] {
  const bins = new Array<number>(ANSWER_COUNT).fill(0);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    bins[roundHalfEven(values[i])] += weightOf(i);
    total += weightOf(i);
  }
  return bins.map((weight) => weight / total);
}

/**
 * One overlay per query of scenario `scenarioId`; sources without a distribution are left out, and people where nobody gave a value.
 * `textOf` gives a query's words. Throws UserError on a scenario people were not asked about.
 */
export function scenarioOverlays(
  groups: readonly PeopleGroup[],
  sets: readonly AnswerSet[],
  scenarioId: string,
  textOf: (query: QueryName) => string,
): AnswerOverlay[] {
  const asked = askedIn(groups, scenarioId);
  const queries = asked.map(({ query }) => query);
  const answers = sets.map((set) => answersTo(set, queries));
  return asked.map(({ query, people, values }, q) => {
    const who = { source: 'people', sourceId: 'people', label: 'People', people: people.length } as const;
    const judged: OverlaySeries[] =
      values.length === 0 ? [] : [{ ...who, bins: shares(values, () => 1), mean: mean(values) }];
    const computed = sets.flatMap(({ source, sourceId, label }, s): OverlaySeries[] => {
      const distribution = distributionOf(answers[s][q]);
      if (!distribution) return [];
      const bins = shares(distribution.values, (at) => distribution.weights[at]);
      return [{ source, sourceId, label, bins, mean: answers[s][q].mean }];
    });
    return { ...query, queryText: textOf(query), series: [...judged, ...computed] };
  });
}
