/** Multinomial({ps, n}): how often each index comes up in n draws; values are arrays of counts. */

import { drawBinomial } from './binomial.ts';
import { asReals, type Family } from './distribution.ts';
import { logGamma, xLogY } from './specialFunctions.ts';

export const Multinomial: Family<{ readonly ps: Float64Array; readonly n: number }> = {
  name: 'Multinomial',
  parameterNames: ['ps', 'n'],
  isContinuous: false,
  prepare: ({ weights, count }) => {
    const given = weights('ps');
    const total = given.reduce((sum, p) => sum + p, 0);
    return { ps: given.map((p) => p / total), n: count('n') };
  },
  sample: ({ ps, n }, draws) => {
    let left = n;
    let mass = 1;
    return Array.from(ps, (p, i) => {
      const isLast = i === ps.length - 1;
      const k = isLast ? left : left === 0 || mass <= 0 ? 0 : drawBinomial(draws, Math.min(1, p / mass), left);
      left -= k;
      mass -= p;
      return k;
    });
  },
  logProb: ({ ps, n }, value) => {
    const ks = asReals(value, ps.length);
    if (!ks || ks.some((k) => !Number.isInteger(k) || k < 0) || ks.reduce((sum, k) => sum + k, 0) !== n)
      return Number.NEGATIVE_INFINITY;
    return ks.reduce((sum, k, i) => sum + xLogY(k, ps[i]) - logGamma(k + 1), logGamma(n + 1));
  },
};
