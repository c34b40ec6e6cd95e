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

/** Distance of two lists of values, each value of equal weight within its list. NaN where one is empty. */
export function sampleWasserstein(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length === 0 || y.length === 0) return Number.NaN;
  const a = Float64Array.from(x).sort();
  const b = Float64Array.from(y).sort();
  let i = 0;
  let j = 0;
  let area = 0;
  let last = Math.min(a[0], b[0]);
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    area += Math.abs(i / a.length - j / b.length) * (next - last);
    last = next;
    while (i < a.length && a[i] === next) i++;
    while (j < b.length && b[j] === next) j++;
  }
  return area;
}
