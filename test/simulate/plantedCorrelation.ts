/**
 * The correlation with the programs that the simulation plants, from its law told again: a person averages two to five draws from the
 * posterior, stretches the result around 50 by a factor exp(0.12·z), shifts it by 4·z points, and places the mark with an error of two to
 * four points (z standard normal); the mark is cut at 0 and 100 and rounded, which pulls the correlation a little. The mean over many people of
 * each one's Pearson correlation with the posterior means.
 *
 * What is sampled are people: the scenarios, their queries and the posteriors are the same for everybody and in every session, so the truth is
 * one about these items, and drawing items again would answer another question.
 */
import type { Random } from '../../engine/random.ts';
import { mean, standardDeviation } from '../../engine/statistics/moments.ts';
import { pearson } from '../../engine/statistics/pearson.ts';
import type { Posteriors } from '../../engine/study/simulatedParticipant.ts';
import type { Study } from '../../shared/study.ts';

/** So many that the truth's own standard error is a fourteenth of that of 500 people. */
const PEOPLE = 100_000;

/** The planted mean correlation, and its standard error, because it is a mean over drawn people too. */
export type Planted = { readonly value: number; readonly standardError: number };

const cumulated = (bins: readonly number[]): number[] => {
  let below = 0;
  return bins.map((bin) => (below += bin));
};

/** One integer answer by the cumulated bins, found by halving. */
function drawFrom(random: Random, below: readonly number[]): number {
  const at = random.uniform() * (below.at(-1) ?? 0);
  let [low, high] = [0, below.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below[middle] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** For studies whose queries are all answered by one mark. */
export function plantedCorrelation(random: Random, study: Study, posteriors: Posteriors): Planted {
  const queries = study.scenarios.flatMap(({ id, queries: all }) =>
    all.map((query) => posteriors[id].queries[query.id]),
  );
  const below = queries.map(({ bins }) => cumulated(bins ?? []));
  const means = queries.map((query) => query.mean ?? Number.NaN);
  const people = Array.from({ length: PEOPLE }, () => {
    const [offset, spread] = [4 * random.gaussian(), Math.exp(0.12 * random.gaussian())];
    const [draws, error] = [2 + random.integer(4), 2 + 2 * random.uniform()];
    const answers = below.map((bins) => {
      let sum = 0;
      for (let i = 0; i < draws; i++) sum += drawFrom(random, bins);
      const mark = 50 + spread * (sum / draws - 50) + offset + error * random.gaussian();
      return Math.round(Math.max(0, Math.min(100, mark)));
    });
    return pearson(answers, means);
  });
  return { value: mean(people), standardError: standardDeviation(people) / Math.sqrt(PEOPLE) };
}
