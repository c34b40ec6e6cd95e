/**
 * How far a source's distributions lie from people's, query by query, and how far two halves of the people lie from each other: the floor
 * no source can be expected to beat. Both are measured against a random half of the people, so that they carry the same sampling noise.
 */

import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { Random } from '../random.ts';
import { binCounts, coarsened, smoothed } from '../statistics/histogram.ts';
import { jensenShannon } from '../statistics/jensenShannon.ts';
import { drawHalves, otherHalf } from '../statistics/splitHalf.ts';
import { totalVariation } from '../statistics/totalVariation.ts';
import { type WeightedValues, weightedWasserstein } from '../statistics/wasserstein.ts';
import { type PeopleGroup, tableOf } from './people.ts';

/** Bins of the coarse histograms under Jensen–Shannon and total variation: five points wide. */
export const COARSE_BINS = 20;

/** Per query; NaN where a half has no value or the source no distribution. Wasserstein in points, Jensen–Shannon in bits. */
export type Divergences = {
  readonly wasserstein: Float64Array;
  readonly jensenShannon: Float64Array;
  readonly totalVariation: Float64Array;
};

const ANSWERS = Float64Array.from({ length: ANSWER_COUNT }, (_, i) => i);

const equalWeights = (values: ArrayLike<number>): WeightedValues => ({
  values,
  weights: new Float64Array(values.length).fill(1),
});

/** A source's distribution: its bins, else its samples; a mean alone is none. */
export function distributionOf(answer: ModelAnswer): WeightedValues | null {
  if (answer.bins) return { values: ANSWERS, weights: answer.bins };
  return answer.samples && answer.samples.length > 0 ? equalWeights(answer.samples) : null;
}

/** Coarse counts as `size` draws would give them on average, smoothed like counts of people. */
function coarseCounts(answer: ModelAnswer, size: number): Float64Array {
  const shares = answer.bins ? coarsened(answer.bins, COARSE_BINS) : binCounts(answer.samples ?? [], COARSE_BINS);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return smoothed(shares.map((share) => (size * share) / total));
}

type Pair = { readonly wasserstein: number; readonly jensenShannon: number; readonly totalVariation: number };
const UNDEFINED: Pair = { wasserstein: Number.NaN, jensenShannon: Number.NaN, totalVariation: Number.NaN };

function betweenHalves(a: readonly number[], b: readonly number[]): Pair {
  if (a.length === 0 || b.length === 0) return UNDEFINED;
  const [p, q] = [smoothed(binCounts(a, COARSE_BINS)), smoothed(binCounts(b, COARSE_BINS))];
  return {
    wasserstein: weightedWasserstein(equalWeights(a), equalWeights(b)),
    jensenShannon: jensenShannon(p, q),
    totalVariation: totalVariation(p, q),
  };
}

function toSource(half: readonly number[], otherSize: number, answer: ModelAnswer): Pair {
  const distribution = distributionOf(answer);
  if (half.length === 0 || otherSize === 0 || !distribution) return UNDEFINED;
  const [p, q] = [smoothed(binCounts(half, COARSE_BINS)), coarseCounts(answer, otherSize)];
  return {
    wasserstein: weightedWasserstein(equalWeights(half), distribution),
    jensenShannon: jensenShannon(p, q),
    totalVariation: totalVariation(p, q),
  };
}

/** Running means over the splits in which a query is defined. */
function createTally(n: number): { add: (query: number, pair: Pair) => void; means: () => Divergences } {
  const sums = {
    wasserstein: new Float64Array(n),
    jensenShannon: new Float64Array(n),
    totalVariation: new Float64Array(n),
  };
  const counts = new Int32Array(n);
  return {
    add: (query, pair) => {
      if (Number.isNaN(pair.wasserstein)) return;
      counts[query]++;
      sums.wasserstein[query] += pair.wasserstein;
      sums.jensenShannon[query] += pair.jensenShannon;
      sums.totalVariation[query] += pair.totalVariation;
    },
    means: () => ({
      wasserstein: sums.wasserstein.map((sum, q) => sum / counts[q]),
      jensenShannon: sums.jensenShannon.map((sum, q) => sum / counts[q]),
      totalVariation: sums.totalVariation.map((sum, q) => sum / counts[q]),
    }),
  };
}

/**
 * Mean divergences over `splits` random halves: between halves, and from the first half to each source. `answers[s]` holds source s's
 * answers in the order of the groups' queries.
 */
export function peopleDivergences(
  random: Random,
  groups: readonly PeopleGroup[],
  answers: readonly (readonly ModelAnswer[])[],
  splits: number,
): { floor: Divergences; sources: Divergences[] } {
  const tables = groups.map((group) => tableOf(group, 'person-means'));
  const n = groups.reduce((sum, { queries }) => sum + queries.length, 0);
  const floor = createTally(n);
  const sources = answers.map(() => createTally(n));
  for (let split = 0; split < splits; split++) {
    const halves = drawHalves(random, tables);
    let at = 0;
    groups.forEach((group, g) => {
      const rest = otherHalf(tables[g], halves[g]);
      for (let q = 0; q < group.queries.length; q++, at++) {
        const pool = (people: readonly number[]): number[] =>
          people.flatMap((p) => [...group.values[p * group.queries.length + q]]);
        const [a, b] = [pool(halves[g]), pool(rest)];
        floor.add(at, betweenHalves(a, b));
        for (let s = 0; s < answers.length; s++) sources[s].add(at, toSource(a, b.length, answers[s][at]));
      }
    });
  }
  return { floor: floor.means(), sources: sources.map((tally) => tally.means()) };
}
