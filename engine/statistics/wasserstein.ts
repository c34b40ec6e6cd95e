/** Wasserstein-1 distance: the area between two cumulative distributions, in the units of the values; how far mass must move on average. */
import { InternalError } from '../../shared/errors.ts';
import { normalised } from './histogram.ts';

/** Distance of two histograms whose bins lie `width` apart; each is normalised first. NaN where one has no mass. */
export function histogramWasserstein(p: ArrayLike<number>, q: ArrayLike<number>, width = 1): number {
  if (p.length !== q.length) throw new InternalError(`distance of ${p.length} and ${q.length} bins`);
  const a = normalised(p);
  const b = normalised(q);
  let difference = 0;
  let area = 0;
  for (let i = 0; i < a.length; i++) {
    difference += a[i] - b[i];
    area += Math.abs(difference);
  }
  return area * width;
}

/** Values with their weights, which need not sum to 1. */
export type WeightedValues = { readonly values: ArrayLike<number>; readonly weights: ArrayLike<number> };

/** Values in order, each with the share of mass up to and including it. */
function cumulative({ values, weights }: WeightedValues): { value: number; share: number }[] {
  const order = Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => weights[i] > 0)
    .sort((a, b) => values[a] - values[b]);
  const total = order.reduce((sum, i) => sum + weights[i], 0);
  let sum = 0;
  return order.map((i) => {
    sum += weights[i];
    return { value: values[i], share: sum / total };
  });
}

/** Distance of two weighted lists of values. NaN where one has no mass. */
export function weightedWasserstein(x: WeightedValues, y: WeightedValues): number {
  const a = cumulative(x);
  const b = cumulative(y);
  if (a.length === 0 || b.length === 0) return Number.NaN;
  let i = 0;
  let j = 0;
  let shareA = 0;
  let shareB = 0;
  let last = Math.min(a[0].value, b[0].value);
  let area = 0;
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && a[i].value <= b[j].value) ? a[i].value : b[j].value;
    area += Math.abs(shareA - shareB) * (next - last);
    last = next;
    while (i < a.length && a[i].value === next) shareA = a[i++].share;
    while (j < b.length && b[j].value === next) shareB = b[j++].share;
  }
  return area;
}

/** Distance of two lists of values, each value of equal weight within its list. NaN where one is empty. */
export const sampleWasserstein = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  weightedWasserstein(
    { values: x, weights: new Float64Array(x.length).fill(1) },
    { values: y, weights: new Float64Array(y.length).fill(1) },
  );
