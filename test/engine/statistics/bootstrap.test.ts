/** The bootstrap against recorded resamples, and the intervals of correlations against a slow reference. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { bootstrap, percentileInterval, resampleCounts } from '../../../engine/statistics/bootstrap.ts';
import { bootstrapCorrelation } from '../../../engine/statistics/correlationBootstrap.ts';
import { meanAbsoluteError } from '../../../engine/statistics/errors.ts';
import { mean } from '../../../engine/statistics/moments.ts';
import { pearson } from '../../../engine/statistics/pearson.ts';
import { queryMeans, type RatingTable, ratingTable } from '../../../engine/statistics/ratings.ts';
import { recentre } from '../../../engine/statistics/recentre.ts';
import { resamplePeople } from '../../../engine/statistics/resamplePeople.ts';
import { spearman } from '../../../engine/statistics/spearman.ts';
import { expectGolden, goldenCases } from './goldens.ts';
import { HUMANS, MODEL } from './goldenVector.ts';

type BootstrapCase = {
  statistic: 'mean' | 'mae' | 'pearson' | 'spearman';
  x: number[];
  y: number[];
  indices: number[][];
  out: { estimate: number; ci95: [number, number]; dropped: number; replicates_first10: number[]; se: number };
};

const STATISTICS = { mean: (x: number[]) => mean(x), mae: meanAbsoluteError, pearson, spearman };

describe('percentile intervals', () => {
  it.each(goldenCases<BootstrapCase>('bootstrap'))('$label', ({ statistic, x, y, indices, out }) => {
    const compute = STATISTICS[statistic];
    const replicates = indices.map((drawn) =>
      compute(
        drawn.map((i) => x[i]),
        drawn.map((i) => y[i]),
      ),
    );
    expectGolden(compute(x, y), out.estimate);
    out.replicates_first10.forEach((expected, b) => {
      expectGolden(replicates[b], expected);
    });
    const interval = percentileInterval(replicates);
    expectGolden(interval.low, out.ci95[0]);
    expectGolden(interval.high, out.ci95[1]);
    expectGolden(interval.standardError, out.se);
    expect(interval.dropped).toBe(out.dropped);
  });

  it('cover the mean of normal numbers about as often as they say', () => {
    const random = createRandom(11);
    const trials = 400;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sample = Float64Array.from({ length: 40 }, () => random.gaussian());
      const replicates = bootstrap(random, 40, 400, (drawn) => mean(Array.from(drawn, (i) => sample[i])));
      const { low, high } = percentileInterval(replicates, 0.9);
      if (low <= 0 && high >= 0) covered++;
    }
    // The percentile interval of 40 numbers covers 88–89 %; 400 trials have a standard error of 1.6 %.
    expect(covered / trials).toBeGreaterThan(0.83);
    expect(covered / trials).toBeLessThan(0.94);
  });

  it('refuse a level that is no share', () => {
    expect(() => percentileInterval([1, 2], 95)).toThrow('interval level: expected above 0 and below 1, received 95');
  });
});

const table = ratingTable(HUMANS[0].map((_, rater) => HUMANS.map((item) => item[rater])));

/** The same interval the slow way: build the resampled table, take means, drop what nobody rated. */
function slowReplicates(ratings: RatingTable, answers: readonly number[], seed: number, count: number): number[] {
  const random = createRandom(seed);
  const { participants, queries, values } = ratings;
  const weights = new Float64Array(participants);
  return Array.from({ length: count }, () => {
    resampleCounts(random, weights);
    const people = [...weights].flatMap((weight, p) => new Array<number>(weight).fill(p));
    const rows = people.map((p) => [...values.subarray(p * queries, (p + 1) * queries)]);
    const means = [...queryMeans([ratingTable(rows)]).mean];
    const kept = means.map((_, q) => q).filter((q) => !Number.isNaN(means[q]));
    return pearson(
      kept.map((q) => means[q]),
      kept.map((q) => answers[q]),
    );
  });
}

describe('bootstrapCorrelation', () => {
  it('agrees with resampled tables computed from scratch, missing ratings and all', () => {
    const holed = { ...table, values: table.values.map((value, i) => (i % 5 === 2 ? Number.NaN : value)) };
    const fast = bootstrapCorrelation(createRandom(5), [holed], MODEL, { unit: 'participants', replicates: 300 });
    const estimate = pearson(queryMeans([holed]).mean, MODEL);
    const replicates = Float64Array.from(slowReplicates(holed, MODEL, 5, 300));
    const slow = percentileInterval(recentre(replicates, estimate, 'correlation'));
    expect(fast.low).toBeCloseTo(slow.low, 12);
    expect(fast.high).toBeCloseTo(slow.high, 12);
    expect(fast.value).toBeCloseTo(pearson(queryMeans([holed]).mean, MODEL), 12);
  });

  it('gives the same interval for the same seed, another for another unit', () => {
    const at = (unit: 'participants' | 'queries' | 'both') =>
      bootstrapCorrelation(createRandom(3), [table], MODEL, { unit, replicates: 500 });
    expect(at('both')).toEqual(at('both'));
    expect(at('both').standardError).toBeGreaterThan(at('participants').standardError);
    expect(new Set(['participants', 'queries', 'both'].map((unit) => at(unit as 'both').low)).size).toBe(3);
  });

  it('leaves out a query nobody rated', () => {
    const rows = [
      [10, null, 30, 80],
      [20, null, 40, 70],
    ];
    const { value } = bootstrapCorrelation(createRandom(1), [ratingTable(rows)], [15, 99, 35, 75], {
      unit: 'participants',
      replicates: 50,
    });
    expect(value).toBeCloseTo(pearson([15, 35, 75], [15, 35, 75]), 12);
  });

  it('is NaN where answers do not vary', () => {
    const { value, low, dropped } = bootstrapCorrelation(
      createRandom(1),
      [table],
      MODEL.map(() => 50),
      {
        unit: 'both',
        replicates: 40,
      },
    );
    expect([value, low]).toEqual([Number.NaN, Number.NaN]);
    expect(dropped).toBe(40);
  });
});

describe('centring', () => {
  it('puts the replicates’ mean on the estimate, on a scale without bounds, and keeps their order', () => {
    const replicates = Float64Array.from([0.2, 0.5, Number.NaN, 0.7]);
    const placed = recentre(replicates, 0.9, 'correlation').filter((r) => !Number.isNaN(r));
    expect(mean(placed.map(Math.atanh))).toBeCloseTo(Math.atanh(0.9), 12);
    expect([...placed]).toEqual([...placed].sort());
    const errors = recentre(Float64Array.from([1, 4]), 6, 'error');
    expect([...errors]).toEqual([expect.closeTo(3, 12), expect.closeTo(12, 12)]);
    expect([...recentre(Float64Array.from([1, 4]), 6, 'difference')]).toEqual([4.5, 7.5]);
    expect(recentre(replicates, Number.NaN, 'correlation')).toBe(replicates);
  });

  it('makes intervals over people cover what other people give; plain percentiles do not', () => {
    const queries = 40;
    const people = 12;
    const random = createRandom(21);
    const truths = Float64Array.from({ length: queries }, () => 50 + 15 * random.gaussian());
    const sample = (): RatingTable => ({
      participants: people,
      queries,
      values: Float64Array.from({ length: people * queries }, (_, i) => truths[i % queries] + 25 * random.gaussian()),
    });
    // What r is on average over other samples of as many people.
    const expected = mean(Float64Array.from({ length: 2000 }, () => pearson(queryMeans([sample()]).mean, truths)));
    const trials = 120;
    let centred = 0;
    let plain = 0;
    for (let trial = 0; trial < trials; trial++) {
      const table = sample();
      const options = { unit: 'participants', replicates: 200 } as const;
      const { low, high } = bootstrapCorrelation(createRandom(trial), [table], truths, options);
      const replicates: number[] = [];
      resamplePeople(createRandom(trial), [table], options, (means) => replicates.push(pearson(means, truths)));
      const naive = percentileInterval(replicates);
      if (low <= expected && expected <= high) centred++;
      if (naive.low <= expected && expected <= naive.high) plain++;
    }
    // 120 trials at 95 % have a standard error of 2 %.
    expect(centred / trials).toBeGreaterThan(0.88);
    expect(plain / trials).toBeLessThan(0.8);
  });
});
