/** Correlations against recorded results, and the golden vector of a small study. */
import { describe, expect, it } from 'vitest';
import { bias, meanAbsoluteError, rootMeanSquareError } from '../../../engine/statistics/errors.ts';
import { fisherInterval, pearson } from '../../../engine/statistics/pearson.ts';
import { queryMeans, ratingTable } from '../../../engine/statistics/ratings.ts';
import { averageRanks, spearman } from '../../../engine/statistics/spearman.ts';
import { expectGolden, goldenCases } from './goldens.ts';
import { HUMANS, MODEL } from './goldenVector.ts';

type CorrelationCase = {
  x: number[];
  y: number[];
  out: Record<'pearson' | 'spearman', number> &
    Record<'pearson_ci95' | 'spearman_ci95' | 'spearman_ci95_bonett_wright', [number, number]>;
};

describe('correlation', () => {
  it.each(goldenCases<CorrelationCase>('correlation'))('$label', ({ x, y, out }) => {
    const r = pearson(x, y);
    const rho = spearman(x, y);
    expectGolden(r, out.pearson);
    expectGolden(rho, out.spearman);
    const intervals = [
      [fisherInterval(r, x.length), out.pearson_ci95],
      [fisherInterval(rho, x.length), out.spearman_ci95],
      [fisherInterval(rho, x.length, Math.sqrt(1 + rho ** 2 / 2)), out.spearman_ci95_bonett_wright],
    ] as const;
    for (const [interval, [low, high]] of intervals) {
      expectGolden(interval.low, low);
      expectGolden(interval.high, high);
    }
  });

  it('shares ranks between equal values', () => {
    expect([...averageRanks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
  });

  it('refuses sides of different lengths', () => {
    expect(() => pearson([1, 2], [1])).toThrow('internal: pearson of 2 and 1 numbers');
  });
});

type ErrorCase = { pred: number[]; target: number[]; out: { mae: number; rmse: number; bias: number } };

describe('errors', () => {
  it.each(goldenCases<ErrorCase>('mae'))('$label', ({ pred, target, out }) => {
    expectGolden(meanAbsoluteError(pred, target), out.mae);
    expectGolden(rootMeanSquareError(pred, target), out.rmse);
    expectGolden(bias(pred, target), out.bias);
  });
});

describe('the golden vector', () => {
  const means = queryMeans([ratingTable(HUMANS[0].map((_, rater) => HUMANS.map((item) => item[rater])))]).mean;

  it('has the recorded means, correlations and errors', () => {
    expect([...means]).toEqual([17.5, 37.5, 58.75, 75, 92.5, 25]);
    expect(pearson(means, MODEL)).toBeCloseTo(0.9666016846, 9);
    expect(spearman(means, MODEL)).toBe(1);
    expect(rootMeanSquareError(MODEL, means)).toBeCloseTo(6.931961002, 9);
    expect(meanAbsoluteError(MODEL, means)).toBeCloseTo(6.2083333333, 9);
    expect(bias(MODEL, means)).toBeCloseTo(-0.375, 12);
  });
});
