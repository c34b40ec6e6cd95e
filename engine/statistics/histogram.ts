/** Histograms: ratings counted into equal bins over 0–100, and histograms as shares. */

/** Shares that sum to 1; all NaN where there is no mass. */
export function normalised(bins: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < bins.length; i++) total += bins[i];
  return Float64Array.from(bins, (mass) => (total > 0 ? mass / total : Number.NaN));
}

/** Counts of `values` (0–100) in `count` equal bins; 100 falls into the last. */
export function binCounts(values: ArrayLike<number>, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (let i = 0; i < values.length; i++) counts[Math.min(count - 1, Math.floor((values[i] * count) / 100))]++;
  return counts;
}

/** The shares of `bins` over the answers 0–100 in `count` equal bins, as `binCounts` would count that many answers. */
export function coarsened(bins: ArrayLike<number>, count: number): Float64Array {
  const coarse = new Float64Array(count);
  for (let answer = 0; answer < bins.length; answer++)
    coarse[Math.min(count - 1, Math.floor((answer * count) / (bins.length - 1)))] += bins[answer];
  return coarse;
}

/** Counts with `pseudo` added to every bin (Jeffreys' 0.5 unless told), so that few answers do not look certain. */
export const smoothed = (counts: ArrayLike<number>, pseudo = 0.5): Float64Array =>
  Float64Array.from(counts, (count) => count + pseudo);
