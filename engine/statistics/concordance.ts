/**
 * Lin's concordance correlation: 2·cov / (var x + var y + (mean x − mean y)²), with variances over n. Unlike r it falls with offset and
 * with a slope other than 1: it is 1 only where the numbers are equal.
 * **Source:** L. I.-K. Lin, A concordance correlation coefficient to evaluate reproducibility (1989).
 */
import { InternalError } from '../../shared/errors.ts';
import { mean } from './moments.ts';

/** Concordance in [−1, 1]; NaN for fewer than two pairs or where neither side varies and both are equal. */
export function concordance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new InternalError(`concordance of ${x.length} and ${y.length} numbers`);
  if (x.length < 2) return Number.NaN;
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) ** 2;
    yy += (y[i] - meanY) ** 2;
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  return (2 * xy) / (xx + yy + x.length * (meanX - meanY) ** 2);
}
