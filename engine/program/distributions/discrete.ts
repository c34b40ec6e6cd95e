/** Discrete({ps}): the index i with probability ps[i] / Σ ps. */
import { asNumber, type Family } from './distribution.ts';
import { drawIndex } from './sampling.ts';

export const Discrete: Family<{ readonly ps: Float64Array; readonly total: number }> = {
  name: 'Discrete',
  parameterNames: ['ps'],
  isContinuous: false,
  prepare: ({ weights }) => {
    const ps = weights('ps');
    return { ps, total: ps.reduce((sum, p) => sum + p, 0) };
  },
  sample: ({ ps, total }, draws) => drawIndex(draws, ps, total),
  logProb: ({ ps, total }, value) => {
    const i = asNumber(value);
    return Number.isInteger(i) && i >= 0 && i < ps.length ? Math.log(ps[i] / total) : Number.NEGATIVE_INFINITY;
  },
  support: ({ ps }) => Array.from(ps.keys()).filter((i) => ps[i] > 0),
};
