/** Reliability of people's ratings against recorded results: split halves, intraclass correlations, leave-one-out, planning. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { concordance } from '../../../engine/statistics/concordance.ts';
import { intraclassCorrelations } from '../../../engine/statistics/intraclassCorrelation.ts';
import { leastSquares } from '../../../engine/statistics/leastSquares.ts';
import { leaveOneOut, meanLeaveOneOut } from '../../../engine/statistics/leaveOneOut.ts';
import { mean } from '../../../engine/statistics/moments.ts';
import { pearson } from '../../../engine/statistics/pearson.ts';
import { ratingTable } from '../../../engine/statistics/ratings.ts';
import { correlationCeiling, ratersFor, spearmanBrown } from '../../../engine/statistics/spearmanBrown.ts';
import { splitHalf, splitHalfOf } from '../../../engine/statistics/splitHalf.ts';
import { expectGolden, goldenCases } from './goldens.ts';
import { HUMANS, MODEL } from './goldenVector.ts';

type SplitCase = {
  ratings: (number | null)[][];
  half_a: number[][];
  out: {
    r: number[];
    spearman_brown: number[];
    mean_spearman_brown: number;
    spearman_brown_of_mean_r: number;
    used: number;
  };
};

describe('split halves', () => {
  it.each(goldenCases<SplitCase>('split_half'))('$label', ({ ratings, half_a, out }) => {
    const split = splitHalfOf(
      [ratingTable(ratings)],
      half_a.map((half) => [half]),
    );
    out.r.forEach((expected, s) => {
      expectGolden(split.r[s], expected);
    });
    out.spearman_brown.forEach((expected, s) => {
      expectGolden(split.spearmanBrown[s], expected);
    });
    expectGolden(split.meanSpearmanBrown, out.mean_spearman_brown);
    expectGolden(split.ofMeanR, out.spearman_brown_of_mean_r);
    expect(split.used).toBe(out.used);
  });

  it('recover a planted reliability, and its root is the ceiling', () => {
    const random = createRandom(2);
    const truths = Array.from({ length: 300 }, () => 50 + 20 * random.gaussian());
    const people = 20;
    const rows = Array.from({ length: people }, () => truths.map((truth) => truth + 30 * random.gaussian()));
    const planted = 400 / (400 + 900 / people);
    const split = splitHalf(createRandom(3), [ratingTable(rows)], 200);
    expect(Math.abs(split.meanSpearmanBrown - planted)).toBeLessThan(0.02);
    const means = truths.map((_, q) => mean(rows.map((row) => row[q])));
    expect(Math.abs(split.ceiling - pearson(means, truths))).toBeLessThan(0.02);
    expect(split.low).toBeLessThan(split.meanSpearmanBrown);
    expect(split.high).toBeGreaterThan(split.meanSpearmanBrown);
  });
});

type IccCase = {
  ratings: number[][];
  out: { icc2_1: number; icc2_k: number; ms_rows: number; ms_cols: number; ms_error: number };
};

describe('intraclass correlation', () => {
  it.each(goldenCases<IccCase>('icc'))('$label', ({ ratings, out }) => {
    const icc = intraclassCorrelations(ratings);
    expectGolden(icc.twoSingle, out.icc2_1);
    expectGolden(icc.twoMean, out.icc2_k);
    expectGolden(icc.meanSquares.targets, out.ms_rows);
    expectGolden(icc.meanSquares.raters, out.ms_cols);
    expectGolden(icc.meanSquares.error, out.ms_error);
  });
});

describe('the golden vector', () => {
  const byRater = ratingTable(HUMANS[0].map((_, rater) => HUMANS.map((item) => item[rater])));
  const means = HUMANS.map(mean);

  it('has the recorded line of people on answers', () => {
    const { slope, intercept } = leastSquares(MODEL, means);
    expect(slope).toBeCloseTo(1.0254193325, 9);
    expect(intercept).toBeCloseTo(-0.912912848, 9);
  });

  it('has the recorded intraclass correlations, all six', () => {
    const icc = intraclassCorrelations(HUMANS);
    expect(icc.oneSingle).toBeCloseTo(0.9135608442, 9);
    expect(icc.oneMean).toBeCloseTo(0.9768921433, 9);
    expect(icc.twoSingle).toBeCloseTo(0.9133728343, 9);
    expect(icc.twoMean).toBeCloseTo(0.9768383901, 9);
    expect(icc.threeSingle).toBeCloseTo(0.9054948323, 9);
    expect(icc.threeMean).toBeCloseTo(0.9745713543, 9);
  });

  it('has the recorded split halves', () => {
    const split = splitHalfOf([byRater], [[[0, 1]], [[0, 2]], [[0, 3]]]);
    expect([...split.r].sort()).toEqual([
      expect.closeTo(0.94779197, 8),
      expect.closeTo(0.9639589, 8),
      expect.closeTo(0.96621795, 8),
    ]);
    // Recorded as .9792212770; its own three halves give .9792212730, so eight digits are what the record holds.
    expect(split.meanSpearmanBrown).toBeCloseTo(0.979221273, 9);
    expect(Math.abs(split.meanSpearmanBrown - 0.979221277)).toBeLessThan(5e-9);
  });
});

describe('Spearman–Brown', () => {
  it('undoes itself with k and 1/k', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99 }), fc.integer({ min: 2, max: 50 }), (r, k) => {
        expect(spearmanBrown(spearmanBrown(r, k), 1 / k)).toBeCloseTo(r, 10);
      }),
      { seed: 1 },
    );
    expect(spearmanBrown(-1)).toBeNaN();
  });

  it('plans the raters a reliability takes', () => {
    expect(ratersFor(0.9, 0.24)).toBe(29);
    expect(ratersFor(0.9, 0.47)).toBe(11);
    expect(ratersFor(0.5, 0.5)).toBe(1);
    expect(spearmanBrown(0.24, ratersFor(0.9, 0.24))).toBeGreaterThanOrEqual(0.9);
    expect(spearmanBrown(0.24, ratersFor(0.9, 0.24) - 1)).toBeLessThan(0.9);
    expect(ratersFor(0.9, -0.1)).toBeNaN();
  });

  it('has no ceiling where reliability is negative', () => {
    expect(correlationCeiling(0.81)).toBe(0.9);
    expect(correlationCeiling(-0.1)).toBeNaN();
  });
});

describe('leave-one-out', () => {
  it('correlates each person with the mean of the others', () => {
    const rows = [
      [10, 20, 30, null],
      [20, 30, 50, 40],
      [90, 50, 10, 20],
    ];
    const r = leaveOneOut(ratingTable(rows));
    expect(r[0]).toBeCloseTo(pearson([10, 20, 30], [55, 40, 30]), 12);
    expect(r[1]).toBeCloseTo(pearson([20, 30, 50, 40], [50, 35, 20, 20]), 12);
    expect(meanLeaveOneOut(ratingTable(rows))).toBeCloseTo(mean(r), 12);
  });

  it('is NaN for one person', () => {
    expect(leaveOneOut(ratingTable([[1, 2, 3]]))[0]).toBeNaN();
  });
});

describe('concordance', () => {
  it('is 1 only for equal numbers, and falls with offset and slope while r does not', () => {
    const x = [1, 2, 3, 4];
    expect(concordance(x, x)).toBe(1);
    // Variance 1.25 on both sides, offset 1: 2·1.25 / (2.5 + 1).
    expect(
      concordance(
        x,
        x.map((v) => v + 1),
      ),
    ).toBeCloseTo(2.5 / 3.5, 12);
    expect(
      pearson(
        x,
        x.map((v) => v + 1),
      ),
    ).toBe(1);
    expect(
      concordance(
        x,
        x.map((v) => 2 * v),
      ),
    ).toBeLessThan(0.6);
    expect(concordance([1], [1])).toBeNaN();
  });

  it('never exceeds r in size', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), {
      minLength: 3,
    });
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = [list.map(([a]) => a), list.map(([, b]) => b)];
        const r = pearson(x, y);
        if (!Number.isNaN(r)) expect(Math.abs(concordance(x, y))).toBeLessThanOrEqual(Math.abs(r) + 1e-9);
      }),
      { seed: 1 },
    );
  });
});
