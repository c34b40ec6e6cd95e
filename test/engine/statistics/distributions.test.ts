/** Distances between distributions against recorded results and closed forms. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binCounts, coarsened, normalised, smoothed } from '../../../engine/statistics/histogram.ts';
import { jensenShannon } from '../../../engine/statistics/jensenShannon.ts';
import { klDivergence } from '../../../engine/statistics/klDivergence.ts';
import { totalVariation } from '../../../engine/statistics/totalVariation.ts';
import { histogramWasserstein, sampleWasserstein } from '../../../engine/statistics/wasserstein.ts';
import { expectGolden, goldenCases } from './goldens.ts';

type HistogramCase = {
  p: number[];
  q: number[];
  out: { wasserstein: number; jsd_nats: number; jsd_bits: number; js_distance_bits: number };
};

describe('histograms', () => {
  it.each(goldenCases<HistogramCase>('histograms'))('$label', ({ p, q, out }) => {
    expectGolden(histogramWasserstein(p, q), out.wasserstein);
    expectGolden(jensenShannon(p, q), out.jsd_bits);
    expectGolden(jensenShannon(p, q) * Math.LN2, out.jsd_nats);
    // Rounding of a divergence near 0 shows in its root at half the digits.
    if (out.js_distance_bits > 1e-3 || Number.isNaN(out.js_distance_bits))
      expectGolden(Math.sqrt(jensenShannon(p, q)), out.js_distance_bits);
  });

  it('have the distances of the golden vector', () => {
    expect(sampleWasserstein([10, 20, 15, 25], [0, 10, 30, 40, 50])).toBeCloseTo(14, 12);
    expect(jensenShannon([0.5, 0.5, 0, 0], [1, 1, 1, 1])).toBeCloseTo(0.3112781245, 10);
    expect(totalVariation([0.5, 0.5, 0, 0], [1, 1, 1, 1])).toBe(0.5);
  });

  it('give samples the distance of their histograms', () => {
    const answers = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 });
    const bins = (values: readonly number[]): number[] =>
      Array.from({ length: 101 }, (_, i) => values.filter((value) => value === i).length);
    fc.assert(
      fc.property(answers, answers, (x, y) => {
        expect(sampleWasserstein(x, y)).toBeCloseTo(histogramWasserstein(bins(x), bins(y)), 9);
      }),
      { seed: 1 },
    );
    expect(sampleWasserstein([], [1])).toBeNaN();
  });

  it('count ratings into equal bins, 100 into the last', () => {
    expect([...binCounts([0, 4.9, 5, 99, 100], 20)].map((n, i) => [i, n]).filter(([, n]) => n > 0)).toEqual([
      [0, 2],
      [1, 1],
      [19, 2],
    ]);
    const each = new Array<number>(101).fill(1);
    expect([...coarsened(each, 20)]).toEqual([
      ...binCounts(
        each.map((_, i) => i),
        20,
      ),
    ]);
    expect([...smoothed([0, 2])]).toEqual([0.5, 2.5]);
    expect([...normalised([1, 3])]).toEqual([0.25, 0.75]);
  });
});

describe('KL divergence', () => {
  it('is 0 for equal shares up to the uniform share, and matches a hand-computed pair', () => {
    expect(klDivergence([1, 3], [2, 6], 0)).toBe(0);
    expect(klDivergence([0.5, 0.5], [0.25, 0.75], 0)).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 12);
    expect(klDivergence([1, 0], [0, 1], 0)).toBe(Number.POSITIVE_INFINITY);
    expect(klDivergence([0, 0], [0, 1])).toBeNaN();
  });
});
