/** Marginal: the distribution that Infer returns, a finite table of values and probabilities. */
import { ProgramFault } from '../fault.ts';
import { createKeyMaker } from '../valueKey.ts';
import { type Distribution, distributionOf, type Family } from './distribution.ts';
import { drawIndex } from './sampling.ts';

export type MarginalParameters = {
  readonly values: readonly unknown[];
  readonly probs: Float64Array;
  readonly indexOf: (value: unknown) => number | undefined;
};

export const Marginal: Family<MarginalParameters> = {
  name: 'Marginal',
  parameterNames: ['dist'],
  isContinuous: false,
  prepare: ({ raw }) => {
    const table = raw('dist');
    const rows = typeof table === 'object' && table !== null ? Object.values(table) : [];
    const values: unknown[] = [];
    const probs: number[] = [];
    for (const row of rows) {
      if (
        typeof row !== 'object' ||
        row === null ||
        !('val' in row) ||
        !('prob' in row) ||
        typeof row.prob !== 'number'
      )
        throw new ProgramFault('Marginal: dist must hold records {val, prob}');
      values.push(row.val);
      probs.push(row.prob);
    }
    return marginalParameters(values, probs);
  },
  sample: ({ values, probs }, draws) => values[drawIndex(draws, probs, 1)],
  logProb: ({ probs, indexOf }, value) => {
    const index = indexOf(value);
    return index === undefined ? Number.NEGATIVE_INFINITY : Math.log(probs[index]);
  },
  support: ({ values, probs }) => values.filter((_, i) => probs[i] > 0),
};

function marginalParameters(values: readonly unknown[], weights: ArrayLike<number>): MarginalParameters {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(weights[i] >= 0)) throw new ProgramFault('Marginal: probabilities must be at least 0');
    total += weights[i];
  }
  if (!(total > 0)) throw new ProgramFault('Marginal: the probabilities must have a positive sum');
  const keyOf = createKeyMaker();
  const index = new Map(values.map((value, i) => [keyOf(value), i]));
  return {
    values,
    probs: Float64Array.from(weights, (weight) => weight / total),
    indexOf: (value) => index.get(keyOf(value)),
  };
}

/** The distribution of distinct `values` with weights in proportion to their probabilities. */
export const createMarginal = (
  values: readonly unknown[],
  weights: ArrayLike<number>,
): Distribution<MarginalParameters> => distributionOf(Marginal, marginalParameters(values, weights));
