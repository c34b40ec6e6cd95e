/** Gamma(shape, scale): density x^(k−1) e^(−x/θ) / (Γ(k) θ^k), x > 0. */
import { asNumber, type Family } from './distribution.ts';
import { drawLogGamma } from './sampling.ts';
import { digamma, logGamma } from './specialFunctions.ts';

export const Gamma: Family<{ readonly shape: number; readonly scale: number }> = {
  name: 'Gamma',
  parameterNames: ['shape', 'scale'],
  isContinuous: true,
  prepare: ({ positive }) => ({ shape: positive('shape'), scale: positive('scale') }),
  sample: ({ shape, scale }, draws) => Math.max(Number.MIN_VALUE, Math.exp(drawLogGamma(draws, shape)) * scale),
  logProb: ({ shape, scale }, value) => {
    const x = asNumber(value);
    return x > 0
      ? (shape - 1) * Math.log(x) - x / scale - logGamma(shape) - shape * Math.log(scale)
      : Number.NEGATIVE_INFINITY;
  },
  bounds: () => [0, Number.POSITIVE_INFINITY],
  gradient: ({ shape, scale }, x) => ({
    value: (shape - 1) / x - 1 / scale,
    parameters: [Math.log(x) - digamma(shape) - Math.log(scale), x / scale ** 2 - shape / scale],
  }),
  spread: ({ shape, scale }) => Math.sqrt(shape) * scale,
};
