/** The line y = intercept + slope·x that lies nearest in the sum of squared vertical distances. */
import { InternalError } from '../../shared/errors.ts';
import { mean } from './moments.ts';

/** Slope and intercept of y on x; NaN for fewer than two pairs or where x does not vary. */
export function leastSquares(x: ArrayLike<number>, y: ArrayLike<number>): { slope: number; intercept: number } {
  if (x.length !== y.length) throw new InternalError(`line through ${x.length} and ${y.length} numbers`);
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) ** 2;
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  const slope = x.length < 2 || xx === 0 ? Number.NaN : xy / xx;
  return { slope, intercept: meanY - slope * meanX };
}
