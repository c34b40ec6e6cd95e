/**
 * Centring of bootstrap replicates on the estimate. Drawing people again adds their noise to the query means a second time, so every
 * replicate's r lies nearer to zero, and every error is larger, than the estimate: plain percentiles then often exclude the estimate
 * itself. The replicates' spread is right, their place is not; so they are shifted, on a scale without bounds, until their mean is the
 * estimate. The interval is for what another sample of as many people would give.
 * **Source:** B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 10 (bias is the replicates' mean less the estimate).
 */

/** Where the shift is made: correlations in Fisher's z, errors (at least 0) in their logarithm, differences as they are. */
export type Centring = 'correlation' | 'error' | 'difference';

/** |r| is kept this far from 1, where Fisher's z has no value; errors this far from 0. */
const MARGIN = 1e-12;

const SCALES: Readonly<Record<Centring, { to: (value: number) => number; from: (value: number) => number }>> = {
  correlation: { to: (r) => Math.atanh(Math.max(MARGIN - 1, Math.min(1 - MARGIN, r))), from: Math.tanh },
  error: { to: (error) => Math.log(Math.max(MARGIN, error)), from: Math.exp },
  difference: { to: (value) => value, from: (value) => value },
};

/** `replicates` shifted so that their mean on the scale of `centring` is `estimate`; NaN stays NaN. */
export function recentre(replicates: Float64Array, estimate: number, centring: Centring): Float64Array {
  const { to, from } = SCALES[centring];
  let sum = 0;
  let usable = 0;
  for (const replicate of replicates) {
    if (Number.isNaN(replicate)) continue;
    sum += to(replicate);
    usable++;
  }
  const shift = to(estimate) - sum / usable;
  return Number.isNaN(shift) ? replicates : replicates.map((replicate) => from(to(replicate) + shift));
}
