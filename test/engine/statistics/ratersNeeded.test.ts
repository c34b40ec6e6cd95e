/** The rater planner: the published examples, and its agreement with Spearman–Brown. */
import { describe, expect, it } from 'vitest';
import { ratersNeeded, singleReliability } from '../../../engine/statistics/ratersNeeded.ts';

describe('the rater planner', () => {
  it('gives the numbers worked out for the published data', () => {
    // ICC(1,1) .24 asks for 29 to reach .90 (28.5, which the source rounds to 28), .47 for 11 (10.15, rounded to 10).
    expect(ratersNeeded(0.24, 0.9)).toBe(29);
    expect(ratersNeeded(0.47, 0.9)).toBe(11);
    expect(ratersNeeded(0.5, 0.9)).toBe(9);
  });

  it('undoes Spearman–Brown: as many people as there were give the reliability there was', () => {
    for (const single of [0.1, 0.35, 0.8])
      for (const people of [2, 12, 40]) {
        const reliability = (people * single) / (1 + (people - 1) * single);
        expect(singleReliability(reliability, people)).toBeCloseTo(single, 12);
        expect(ratersNeeded(single, reliability)).toBe(people);
      }
  });

  it('is undefined without a positive reliability, and refuses an impossible target', () => {
    expect(singleReliability(-0.2, 10)).toBeNaN();
    expect(singleReliability(0, 10)).toBeNaN();
    expect(ratersNeeded(Number.NaN, 0.9)).toBeNaN();
    expect(ratersNeeded(1, 0.9)).toBe(1);
    expect(() => ratersNeeded(0.3, 1)).toThrow('reliability wanted: expected above 0 and below 1, received 1');
  });
});
