/** MultivariateBernoulli({ps}): independent 0/1 values, one per probability; values are arrays of 0 and 1. */
import { ProgramFault } from '../fault.ts';
import { asReals, type Family } from './distribution.ts';

const SUPPORT_LIMIT = 16;

export const MultivariateBernoulli: Family<{ readonly ps: Float64Array }> = {
  name: 'MultivariateBernoulli',
  parameterNames: ['ps'],
  isContinuous: false,
  prepare: ({ reals }) => {
    const ps = reals('ps');
    if (ps.length === 0 || ps.some((p) => p < 0 || p > 1))
      throw new ProgramFault('MultivariateBernoulli: ps must be probabilities between 0 and 1');
    return { ps };
  },
  sample: ({ ps }, draws) => Array.from(ps, (p) => (draws.uniform() < p ? 1 : 0)),
  logProb: ({ ps }, value) => {
    const xs = asReals(value, ps.length);
    if (!xs || xs.some((x) => x !== 0 && x !== 1)) return Number.NEGATIVE_INFINITY;
    return xs.reduce((sum, x, i) => sum + (x === 1 ? Math.log(ps[i]) : Math.log1p(-ps[i])), 0);
  },
  support: ({ ps }) => {
    if (ps.length > SUPPORT_LIMIT)
      throw new ProgramFault(`MultivariateBernoulli: 2^${ps.length} values are too many to list`);
    const all = Array.from({ length: 2 ** ps.length }, (_, code) => Array.from(ps, (_, i) => (code >> i) & 1));
    return all.filter((xs) => xs.every((x, i) => (x === 1 ? ps[i] > 0 : ps[i] < 1)));
  },
};
