/** Exponential(a): density a e^(−a x), x ≥ 0; a is the rate. */
import { asNumber, type Family } from './distribution.ts';
import { drawExponential } from './sampling.ts';

export const Exponential: Family<{ readonly a: number }> = {
  name: 'Exponential',
  parameterNames: ['a'],
  isContinuous: true,
  prepare: ({ positive }) => ({ a: positive('a') }),
  sample: ({ a }, draws) => drawExponential(draws) / a,
  logProb: ({ a }, value) => {
    const x = asNumber(value);
    return x >= 0 ? Math.log(a) - a * x : Number.NEGATIVE_INFINITY;
  },
  bounds: () => [0, Number.POSITIVE_INFINITY],
  gradient: ({ a }, x) => ({ value: -a, parameters: [1 / a - x] }),
  logMax: ({ a }) => Math.log(a),
  spread: ({ a }) => 1 / a,
};
