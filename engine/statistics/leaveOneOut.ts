/** Leave-one-out agreement: how well each person's ratings go with the mean of all others; low values flag careless answers. */
import { mean } from './moments.ts';
import { pearson } from './pearson.ts';
import type { RatingTable } from './ratings.ts';

/** Per participant r with the mean of the others over the items both have; NaN where it is undefined. */
export function leaveOneOut(ratings: RatingTable): Float64Array {
  const { participants, queries, values } = ratings;
  const sums = new Float64Array(queries);
  const counts = new Float64Array(queries);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sums[i % queries] += values[i];
    counts[i % queries]++;
  }
  return Float64Array.from({ length: participants }, (_, p) => {
    const own = values.subarray(p * queries, (p + 1) * queries);
    const items = Array.from(own.keys()).filter((q) => !Number.isNaN(own[q]) && counts[q] > 1);
    return pearson(
      items.map((q) => own[q]),
      items.map((q) => (sums[q] - own[q]) / (counts[q] - 1)),
    );
  });
}

/** The mean over participants of their defined leave-one-out correlations; NaN for none. */
export const meanLeaveOneOut = (ratings: RatingTable): number =>
  mean(leaveOneOut(ratings).filter((r) => !Number.isNaN(r)));
