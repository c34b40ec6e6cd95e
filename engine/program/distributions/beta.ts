/** Beta(a, b) on (0, 1): density x^(a−1) (1−x)^(b−1) / B(a, b). */
import { asNumber, type Family } from './distribution.ts';
import { drawLogGamma } from './sampling.ts';
import { digamma, logBeta } from './specialFunctions.ts';

export const Beta: Family<{ readonly a: number; readonly b: number }> = {
  name: 'Beta',
  parameterNames: ['a', 'b'],
  isContinuous: true,
  prepare: ({ positive }) => ({ a: positive('a'), b: positive('b') }),
  sample: ({ a, b }, draws) => {
    const x = drawLogGamma(draws, a);
    const y = drawLogGamma(draws, b);
    return 1 / (1 + Math.exp(y - x));
  },
  logProb: ({ a, b }, value) => {
    const x = asNumber(value);
    return x > 0 && x < 1 ? (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b) : Number.NEGATIVE_INFINITY;
  },
  bounds: () => [0, 1],
  gradient: ({ a, b }, x) => ({
    value: (a - 1) / x - (b - 1) / (1 - x),
    parameters: [Math.log(x) - digamma(a) + digamma(a + b), Math.log1p(-x) - digamma(b) + digamma(a + b)],
  }),
  spread: ({ a, b }) => Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1))),
};
