/** Delta(v): v surely. */
import { createKeyMaker } from '../valueKey.ts';
import type { Family } from './distribution.ts';

export const Delta: Family<{ readonly v: unknown }> = {
  name: 'Delta',
  parameterNames: ['v'],
  isContinuous: false,
  prepare: ({ raw }) => ({ v: raw('v') }),
  sample: ({ v }) => v,
  logProb: ({ v }, value) => {
    const keyOf = createKeyMaker();
    return keyOf(v) === keyOf(value) ? 0 : Number.NEGATIVE_INFINITY;
  },
  support: ({ v }) => [v],
};
