/** Agreement: how far independently written programs of one scenario differ in what they answer, per query. */
import { z } from 'zod';
import type { Posterior } from '../../../shared/posterior.ts';

/** Points: `spread` is the largest difference between two programs' means, `distance` the mean Wasserstein-1 distance between pairs of distributions. */
export const agreementSchema = z.record(
  z.string(),
  z.strictObject({ means: z.array(z.number()), spread: z.number(), distance: z.number() }),
);
export type Agreement = Readonly<z.infer<typeof agreementSchema>>;

/** The area between the cumulative sums of `a` and `b` [101], in points. */
function binDistance(a: readonly number[], b: readonly number[]): number {
  let difference = 0;
  let area = 0;
  for (let i = 0; i < a.length - 1; i++) {
    difference += a[i] - b[i];
    area += Math.abs(difference);
  }
  return area;
}

/** Per query, over the posteriors of two programs or more. Queries that are not numbers are left out. */
export function agreementOf(posteriors: readonly Posterior[]): Agreement {
  const ids = Object.keys(posteriors[0]?.queries ?? {});
  return Object.fromEntries(
    ids.flatMap((id) => {
      const answers = posteriors.flatMap(({ queries }) => {
        const { mean, bins } = queries[id] ?? { mean: null, bins: null };
        return mean === null || bins === null ? [] : [{ mean, bins }];
      });
      if (answers.length < 2) return [];
      const means = answers.map(({ mean }) => mean);
      const distances = answers.flatMap((a, i) => answers.slice(i + 1).map((b) => binDistance(a.bins, b.bins)));
      const distance = distances.reduce((sum, value) => sum + value, 0) / distances.length;
      return [[id, { means, spread: Math.max(...means) - Math.min(...means), distance }]];
    }),
  );
}
