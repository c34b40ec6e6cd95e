/** Categorical({ps, vs}): vs[i] with probability ps[i] / Σ ps; without ps each is equally likely. */
import { describe, ProgramFault } from '../fault.ts';
import { createKeyMaker } from '../valueKey.ts';
import type { Family, Given } from './distribution.ts';
import { drawIndex } from './sampling.ts';

export type CategoricalParameters = {
  readonly ps: Float64Array;
  readonly total: number;
  readonly vs: readonly unknown[];
};

function prepare({ weights, raw }: Given): CategoricalParameters {
  const given = raw('vs');
  if (!Array.isArray(given) || given.length === 0)
    throw new ProgramFault(`Categorical: vs must be an array of values, received ${describe(given)}`);
  const ps = raw('ps') === undefined ? new Float64Array(given.length).fill(1) : weights('ps');
  if (ps.length !== given.length)
    throw new ProgramFault(`Categorical: ps has ${ps.length} elements and vs ${given.length}; they must be as many`);
  return { ps, total: ps.reduce((sum, p) => sum + p, 0), vs: given };
}

export const Categorical: Family<CategoricalParameters> = {
  name: 'Categorical',
  parameterNames: ['ps', 'vs'],
  isContinuous: false,
  prepare,
  sample: ({ ps, total, vs }, draws) => vs[drawIndex(draws, ps, total)],
  logProb: ({ ps, total, vs }, value) => {
    const keyOf = createKeyMaker();
    const isPrimitive = typeof value !== 'object' || value === null;
    const key = isPrimitive ? undefined : keyOf(value);
    let sum = 0;
    for (let i = 0; i < vs.length; i++) if (isPrimitive ? vs[i] === value : keyOf(vs[i]) === key) sum += ps[i];
    return Math.log(sum / total);
  },
  support: ({ ps, vs }) => {
    const keyOf = createKeyMaker();
    const seen = new Map<string, unknown>();
    vs.forEach((value, i) => {
      if (ps[i] > 0 && !seen.has(keyOf(value))) seen.set(keyOf(value), value);
    });
    return [...seen.values()];
  },
};
