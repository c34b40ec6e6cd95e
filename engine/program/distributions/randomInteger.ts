/** RandomInteger(n): 0 … n − 1, each equally likely. */
import { asNumber, type Family } from './distribution.ts';

export const RandomInteger: Family<{ readonly n: number }> = {
  name: 'RandomInteger',
  parameterNames: ['n'],
  isContinuous: false,
  prepare: ({ count }) => ({ n: count('n') }),
  sample: ({ n }, draws) => draws.integer(n),
  logProb: ({ n }, value) => {
    const k = asNumber(value);
    return Number.isInteger(k) && k >= 0 && k < n ? -Math.log(n) : Number.NEGATIVE_INFINITY;
  },
  support: ({ n }) => Array.from({ length: n }, (_, k) => k),
};
