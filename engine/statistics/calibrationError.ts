/**
 * Expected calibration error and the reliability curve behind it: probabilities are binned, and in each bin the mean probability is
 * compared with the share that came true. ECE = Σ n_b/n · |mean p − mean y|. It is a property of the pooled items: the ECE of two
 * halves is not the mean of theirs, so items are pooled first.
 * **Source:** M. P. Naeini et al., Obtaining well calibrated probabilities using Bayesian binning (2015).
 */
import { InternalError } from '../../shared/errors.ts';

/** Which edge belongs to a bin: `right` (low, high], with 0 in the first; `left` [low, high), with 1 in the last. */
export type BinEdges = 'right' | 'left';

/** One bin: its count, the mean probability in it and the share that came true; NaN in an empty bin. */
export type ReliabilityBin = { readonly count: number; readonly meanProb: number; readonly shareTrue: number };

/** Edges are b/B as doubles, so that 0.3 and 0.1 + 0.2 fall where comparing them with 3/10 says. */
function binOf(p: number, bins: number, edges: BinEdges): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.floor(p * bins)));
  if (edges === 'right') {
    while (bin > 0 && p <= bin / bins) bin--;
    while (bin < bins - 1 && p > (bin + 1) / bins) bin++;
    return bin;
  }
  while (bin > 0 && p < bin / bins) bin--;
  while (bin < bins - 1 && p >= (bin + 1) / bins) bin++;
  return bin;
}

/** The reliability curve of probabilities `p` and outcomes `y` (1 came true, 0 not), in `bins` equal bins. */
export function reliabilityCurve(
  p: ArrayLike<number>,
  y: ArrayLike<number>,
  bins = 15,
  edges: BinEdges = 'right',
): ReliabilityBin[] {
  if (p.length !== y.length)
    throw new InternalError(`calibration of ${p.length} probabilities and ${y.length} outcomes`);
  const count = new Float64Array(bins);
  const probs = new Float64Array(bins);
  const trues = new Float64Array(bins);
  for (let i = 0; i < p.length; i++) {
    const bin = binOf(p[i], bins, edges);
    count[bin]++;
    probs[bin] += p[i];
    trues[bin] += y[i];
  }
  return Array.from(count, (n, b) => ({ count: n, meanProb: probs[b] / n, shareTrue: trues[b] / n }));
}

/** ECE of a reliability curve; NaN without items. */
export function curveCalibrationError(curve: readonly ReliabilityBin[]): number {
  const total = curve.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return Number.NaN;
  return curve.reduce(
    (sum, bin) => (bin.count === 0 ? sum : sum + (bin.count / total) * Math.abs(bin.meanProb - bin.shareTrue)),
    0,
  );
}

/** ECE in `bins` equal bins, 15 unless told. */
export const calibrationError = (
  p: ArrayLike<number>,
  y: ArrayLike<number>,
  bins = 15,
  edges: BinEdges = 'right',
): number => curveCalibrationError(reliabilityCurve(p, y, bins, edges));
