/**
 * Temperature scaling: one T > 0 for all items, p ∝ softmax(logits / T), chosen to minimise the mean cross-entropy with the targets.
 * The argmax never changes. The loss is convex in β = 1/T, so the root of its derivative is the minimum; found by bisection on log β.
 * **Source:** C. Guo et al., On calibration of modern neural networks (2017).
 */
import { InternalError } from '../../shared/errors.ts';
import { mean } from './moments.ts';
import { logSumExp } from './properScores.ts';

/** Where T is searched. */
export const TEMPERATURE_RANGE = [0.05, 20] as const;

export type TemperatureFit = {
  /** NaN where every row of logits is constant, so that T changes nothing. */
  readonly temperature: number;
  /** `lower` or `upper` where the minimum lies at an end of the range, `flat` where T changes nothing, else null. */
  readonly bound: 'lower' | 'upper' | 'flat' | null;
  readonly nllBefore: number;
  readonly nllAfter: number;
};

/** One item: its logits and the target's shares over the same answers, which sum to 1. */
export type TemperatureItem = { readonly logits: ArrayLike<number>; readonly target: ArrayLike<number> };

/** Mean cross-entropy in nats at temperature `t`. */
export function crossEntropyAt(items: readonly TemperatureItem[], t: number): number {
  return mean(
    items.map(({ logits, target }) => {
      const scaled = Float64Array.from(logits, (logit) => logit / t);
      const total = logSumExp(scaled);
      let sum = 0;
      for (let i = 0; i < scaled.length; i++) if (target[i] > 0) sum += target[i] * (total - scaled[i]);
      return sum;
    }),
  );
}

/** Derivative of the mean cross-entropy in β: expected logit under the scaled softmax less that under the target. */
function slopeAt(items: readonly TemperatureItem[], beta: number): number {
  let sum = 0;
  for (const { logits, target } of items) {
    const scaled = Float64Array.from(logits, (logit) => logit * beta);
    const total = logSumExp(scaled);
    for (let i = 0; i < scaled.length; i++) sum += logits[i] * (Math.exp(scaled[i] - total) - target[i]);
  }
  return sum / items.length;
}

const isConstant = ({ logits }: TemperatureItem): boolean => Array.from(logits).every((logit) => logit === logits[0]);

/** The target of a known answer. */
export const oneHot = (answer: number, length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => (i === answer ? 1 : 0));

/** Fits T on `items` (use a split that is not reported on). */
export function fitTemperature(items: readonly TemperatureItem[], range = TEMPERATURE_RANGE): TemperatureFit {
  if (items.length === 0) throw new InternalError('temperature of no items');
  const nllBefore = crossEntropyAt(items, 1);
  const at = (temperature: number, bound: TemperatureFit['bound']): TemperatureFit => ({
    temperature,
    bound,
    nllBefore,
    nllAfter: crossEntropyAt(items, temperature),
  });
  if (items.every(isConstant)) return { temperature: Number.NaN, bound: 'flat', nllBefore, nllAfter: nllBefore };
  const [lowest, highest] = range;
  if (slopeAt(items, 1 / lowest) <= 0) return at(lowest, 'lower');
  if (slopeAt(items, 1 / highest) >= 0) return at(highest, 'upper');
  let low = Math.log(1 / highest);
  let high = Math.log(1 / lowest);
  while (high - low > 1e-13 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (slopeAt(items, Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return at(Math.exp(-(low + high) / 2), null);
}
