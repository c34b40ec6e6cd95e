/** Bernoulli(p): true with probability p. */
import type { Family } from './distribution.ts';

export const Bernoulli: Family<{ readonly p: number }> = {
  name: 'Bernoulli',
  parameterNames: ['p'],
  isContinuous: false,
  prepare: ({ prob }) => ({ p: prob('p', 0.5) }),
  sample: ({ p }, draws) => draws.uniform() < p,
  logProb: ({ p }, value) =>
    value === true ? Math.log(p) : value === false ? Math.log1p(-p) : Number.NEGATIVE_INFINITY,
  support: ({ p }) => (p === 1 ? [true] : p === 0 ? [false] : [true, false]),
};
