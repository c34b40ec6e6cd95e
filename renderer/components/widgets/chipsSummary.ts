/** What chips on equal bins of 0–100 imply: their mean, and the middle 80 % of a density that is even within each bin. */
import { chipsMean } from '../../../shared/impliedRating.ts';

export type ChipsSummary = { readonly mean: number; readonly low: number; readonly high: number };

/** The value below which a share `prob` of the chips lies. Within a bin the density is even. */
export function chipsQuantile(chips: readonly number[], prob: number): number {
  const total = chips.reduce((sum, n) => sum + n, 0);
  const width = 100 / chips.length;
  let below = 0;
  for (const [bin, n] of chips.entries()) {
    if (n > 0 && below + n >= prob * total) return width * (bin + (prob * total - below) / n);
    below += n;
  }
  return 100;
}

/** The mean and the 10 % and 90 % quantiles; null for no chips. */
export function chipsSummary(chips: readonly number[]): ChipsSummary | null {
  const mean = chipsMean(chips);
  return mean === null ? null : { mean, low: chipsQuantile(chips, 0.1), high: chipsQuantile(chips, 0.9) };
}
