/**
 * The correlation with the programs that the simulation plants, from its law told again: a person averages two to five draws from the
 * posterior, stretches the result around 50 by a factor exp(0.12·z), shifts it by 4·z points, and places the mark with an error of two to
 * four points (z standard normal). The mean over many people of each one's Pearson correlation with the posterior means.
 */
import type { Random } from '../../engine/random.ts';
import { mean } from '../../engine/statistics/moments.ts';
import { pearson } from '../../engine/statistics/pearson.ts';
import type { Posteriors } from '../../engine/study/simulatedParticipant.ts';
import type { Study } from '../../shared/study.ts';

const PEOPLE = 20_000;

function drawFrom(random: Random, bins: readonly number[]): number {
  const at = random.uniform() * bins.reduce((sum, bin) => sum + bin, 0);
  let below = 0;
  return bins.findIndex((bin) => (below += bin) > at);
}

/** For studies whose queries are all answered by one mark. */
export function plantedCorrelation(random: Random, study: Study, posteriors: Posteriors): number {
  const queries = study.scenarios.flatMap(({ id, queries: all }) =>
    all.map((query) => posteriors[id].queries[query.id]),
  );
  const people = Array.from({ length: PEOPLE }, () => {
    const [offset, spread] = [4 * random.gaussian(), Math.exp(0.12 * random.gaussian())];
    const [draws, error] = [2 + random.integer(4), 2 + 2 * random.uniform()];
    const answers = queries.map(({ bins }) => {
      const believed = mean(Array.from({ length: draws }, () => drawFrom(random, bins ?? [])));
      return Math.round(Math.max(0, Math.min(100, 50 + spread * (believed - 50) + offset + error * random.gaussian())));
    });
    return pearson(
      answers,
      queries.map((query) => query.mean ?? Number.NaN),
    );
  });
  return mean(people);
}
