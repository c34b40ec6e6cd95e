/** The comparison query by query: people's mean and spread beside every source's. */
import type { ItemComparison } from '../../shared/comparison.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { standardDeviation } from '../statistics/moments.ts';
import { quantile } from '../statistics/quantile.ts';
import type { QueryMeans } from '../statistics/ratings.ts';
import type { PeopleGroup } from './people.ts';
import { distributionOf } from './peopleDivergence.ts';

/** The number, or null where it is undefined: JSON has no NaN, and a null is never mistaken for a result. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The standard deviation of a source's distribution; null for a mean alone. */
export function answerSd(answer: ModelAnswer): number | null {
  const distribution = distributionOf(answer);
  if (!distribution) return null;
  const values = Array.from(distribution.values);
  const weights = Array.from(distribution.weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = values.reduce((sum, value, i) => sum + weights[i] * value, 0) / total;
  return Math.sqrt(values.reduce((sum, value, i) => sum + weights[i] * (value - centre) ** 2, 0) / total);
}

/** One item per query, in the order of the groups' queries; `answers[s]` holds source s's in the same order. */
export function compareItems(
  groups: readonly PeopleGroup[],
  { mean, standardError, count }: QueryMeans,
  answers: readonly (readonly ModelAnswer[])[],
): ItemComparison[] {
  const pooled = groups.flatMap((group) =>
    group.queries.map((query, q) => ({
      query,
      values: group.participants.flatMap((_, p) => [...group.values[p * group.queries.length + q]]),
    })),
  );
  return pooled.map(({ query, values }, at) => ({
    ...query,
    participants: count[at],
    mean: mean[at],
    standardError: orNull(standardError[at]),
    sd: orNull(standardDeviation(values)),
    median: quantile(values, 0.5),
    answers: answers.map((list) => ({ mean: list[at].mean, sd: answerSd(list[at]) })),
  }));
}
