/** Draws people again, queries, or both crossed, and recomputes the mean of every query: the loop under all intervals on people's means. */
import type { RESAMPLING_UNITS } from '../../shared/comparison.ts';
import type { Random } from '../random.ts';
import { resample, resampleCounts } from './bootstrap.ts';
import { countQueries, type RatingGroups, type RatingTable } from './ratings.ts';

/** What is drawn again: the people (within each group), the queries, or both, independently. */
export type ResamplingUnit = (typeof RESAMPLING_UNITS)[number];

/** Writes the means of one table's queries under participant counts into `means`; NaN where nobody drawn rated. */
type MeanResampler = (counts: Float64Array, means: Float64Array) => void;

function createMeanResampler({ participants, queries, values, weights }: RatingTable): MeanResampler {
  const present = values.map((value, i) => (Number.isNaN(value) ? 0 : (weights?.[i] ?? 1)));
  const weighted = values.map((value, i) => (Number.isNaN(value) ? 0 : value * present[i]));
  const totals = new Float64Array(queries);
  return (counts, means) => {
    means.fill(0);
    totals.fill(0);
    for (let p = 0; p < participants; p++) {
      const count = counts[p];
      if (count === 0) continue;
      for (let q = 0, at = p * queries; q < queries; q++, at++) {
        means[q] += count * weighted[at];
        totals[q] += count * present[at];
      }
    }
    for (let q = 0; q < queries; q++) means[q] /= totals[q];
  };
}

/** The interval's unit in words. */
export const unitText = (unit: ResamplingUnit): string =>
  ({
    participants: 'participants, centred on the estimate',
    queries: 'queries',
    both: 'participants and queries, centred on the estimate',
  })[unit];

/**
 * Calls `visit` once per replicate with the drawn people's means [queries] and the drawn queries' numbers (each query once, in order, if
 * queries are not drawn). Both arrays are used again: `visit` must not keep them.
 */
export function resamplePeople(
  random: Random,
  groups: RatingGroups,
  options: { readonly unit: ResamplingUnit; readonly replicates: number },
  visit: (means: Float64Array, queries: Int32Array, replicate: number) => void,
): void {
  const n = countQueries(groups);
  const means = new Float64Array(n);
  const queries = Int32Array.from({ length: n }, (_, q) => q);
  let at = 0;
  const parts = groups.map((table) => {
    const part = {
      resampler: createMeanResampler(table),
      counts: new Float64Array(table.participants).fill(1),
      means: means.subarray(at, at + table.queries),
    };
    at += table.queries;
    return part;
  });
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    for (const part of parts) {
      if (options.unit !== 'queries') resampleCounts(random, part.counts);
      if (options.unit !== 'queries' || replicate === 0) part.resampler(part.counts, part.means);
    }
    if (options.unit !== 'participants') resample(random, queries);
    visit(means, queries, replicate);
  }
}
