/**
 * The correlation that comes out of simulated people's answers, and its interval. Each person gives one number, their Pearson correlation with
 * the posterior means; people are alike and independent, so they are what is drawn again. Correlations near 1 are skewed to the left, which
 * makes a plain percentile interval too short on one side: this one is studentised, t* = (m* − m) / se*. The truth it is held against is a
 * mean over drawn people too, so its standard error widens the interval.
 * **Source:** B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), section 12.5.
 */
import type { Random } from '../../engine/random.ts';
import { percentileInterval } from '../../engine/statistics/bootstrap.ts';
import { mean, standardError } from '../../engine/statistics/moments.ts';
import { pearson } from '../../engine/statistics/pearson.ts';
import type { Posteriors } from '../../engine/study/simulatedParticipant.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { Planted } from './plantedCorrelation.ts';

const REPLICATES = 2000;

/** One person's correlation with the programs, over the queries they rated. */
export function correlationOf(
  responses: readonly Pick<SubmittedResponse, 'rating' | 'scenarioId' | 'queryId'>[],
  posteriors: Posteriors,
): number {
  const rated = responses.filter(({ rating }) => rating !== null);
  return pearson(
    rated.map(({ rating }) => rating ?? Number.NaN),
    rated.map(({ scenarioId, queryId }) => posteriors[scenarioId].queries[queryId].mean ?? Number.NaN),
  );
}

export type Recovered = {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Whether the 95 % interval holds what was planted: a right one misses it one time in twenty. */
  readonly isWithin: boolean;
  /** Whether the 99.9 % interval does. */
  readonly isPlausible: boolean;
};

/** t* = (m* − m) / se* of people drawn again, `REPLICATES` times. Sums of differences from m lose no digits. */
function studentise(random: Random, correlations: readonly number[], value: number): Float64Array {
  const n = correlations.length;
  const differences = Float64Array.from(correlations, (correlation) => correlation - value);
  return Float64Array.from({ length: REPLICATES }, () => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      // A product instead of `integer`: much faster, and uneven by less than n / 2³².
      const difference = differences[Math.floor(random.uniform() * n)];
      sum += difference;
      squares += difference * difference;
    }
    return sum / n / Math.sqrt((squares - (sum * sum) / n) / (n - 1) / n);
  });
}

/** The mean of people's correlations [people] with its 95 % interval, held against what was planted. */
export function recoverCorrelation(random: Random, correlations: readonly number[], planted: Planted): Recovered {
  const value = mean(correlations);
  const width = Math.hypot(standardError(correlations), planted.standardError);
  const studentised = studentise(random, correlations, value);
  const around = (level: number) => {
    const t = percentileInterval(studentised, level);
    const [low, high] = [value - t.high * width, value - t.low * width];
    return { low, high, isWithin: low <= planted.value && planted.value <= high };
  };
  return { value, ...around(0.95), isPlausible: around(0.999).isWithin };
}
