/** Rows of a benchmark's table: one respondent's scores over the items it answered, each with its interval or the reason it has none. */
import type { Estimate } from '../../../shared/report.ts';
import type { Random } from '../../random.ts';
import { bootstrap, percentileInterval } from '../../statistics/bootstrap.ts';
import { mean } from '../../statistics/moments.ts';

/** How intervals over items are made. */
export type IntervalOptions = { readonly level: number; readonly replicates: number };

/** Bins of every calibration error here, so that sets and rows compare. */
export const ECE_BINS = 15;

/** The mean over items with its percentile interval; null without items or where a value is not finite. */
export function meanEstimate(
  random: Random,
  values: readonly number[],
  { level, replicates }: IntervalOptions,
): Estimate | null {
  if (values.length === 0 || !values.every(Number.isFinite)) return null;
  const drawn = bootstrap(random, values.length, replicates, (indices) => {
    let sum = 0;
    for (let i = 0; i < indices.length; i++) sum += values[indices[i]];
    return sum / indices.length;
  });
  const { low, high } = percentileInterval(drawn, level);
  return { value: mean(values), low, high };
}
