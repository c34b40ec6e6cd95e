/** Intervals of one mean and of one share, against tables and against the equations they solve. */
import { describe, expect, it } from 'vitest';
import { meanHalfWidth, meanInterval, studentT95 } from '../../../engine/statistics/meanInterval.ts';
import { Z95 } from '../../../engine/statistics/pearson.ts';
import { wilsonInterval } from '../../../engine/statistics/wilsonInterval.ts';

describe('the interval of a mean', () => {
  it.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [4, 2.77645],
    [7, 2.36462],
    [19, 2.09302],
    [120, 1.97993],
  ])('has the printed t quantile for %i degrees of freedom', (freedom, printed) => {
    // The series is cut after its fourth term, which costs most at three degrees of freedom.
    expect(Math.abs(studentT95(freedom) / printed - 1)).toBeLessThan(1.3e-3);
  });

  it('narrows to the normal one, and is that where the number of people is unknown', () => {
    expect(studentT95(1e9)).toBeCloseTo(Z95, 8);
    expect(meanHalfWidth(2)).toBe(2 * Z95);
    expect(meanHalfWidth(2, 3)).toBeCloseTo(2 * 4.30265, 4);
  });

  it('stays on the scale, and is none for one person', () => {
    expect(meanInterval(98, 10, 2)).toEqual({ value: 98, low: 0, high: 100 });
    expect(meanInterval(98, 10, 1)).toBeNull();
    expect(meanInterval(98, null, 20)).toBeNull();
  });
});

describe('the interval of a share', () => {
  it('ends where the share lies z standard errors of the end from it', () => {
    const [share, count] = [0.3, 40];
    for (const end of wilsonInterval(share, count))
      expect(Math.abs(share - end)).toBeCloseTo(Z95 * Math.sqrt((end * (1 - end)) / count), 12);
  });

  it('has a width where nothing or everything came true', () => {
    const [low, high] = wilsonInterval(0, 10);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(Z95 ** 2 / (10 + Z95 ** 2), 12);
    const [mirrored, top] = wilsonInterval(1, 10);
    expect(mirrored).toBeCloseTo(1 - high, 12);
    expect(top).toBe(1);
  });
});
