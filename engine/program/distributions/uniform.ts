/** Uniform(a, b): density 1 / (b − a) on [a, b]. */
import { ProgramFault } from '../fault.ts';
import { asNumber, type Family } from './distribution.ts';

export const Uniform: Family<{ readonly a: number; readonly b: number }> = {
  name: 'Uniform',
  parameterNames: ['a', 'b'],
  isContinuous: true,
  prepare: ({ real }) => {
    const [a, b] = [real('a'), real('b')];
    if (a >= b) throw new ProgramFault(`Uniform: a must be below b, received a = ${a} and b = ${b}`);
    return { a, b };
  },
  sample: ({ a, b }, draws) => a + (b - a) * draws.uniform(),
  logProb: ({ a, b }, value) => {
    const x = asNumber(value);
    return x >= a && x <= b ? -Math.log(b - a) : Number.NEGATIVE_INFINITY;
  },
  bounds: ({ a, b }) => [a, b],
  gradient: ({ a, b }) => ({ value: 0, parameters: [1 / (b - a), -1 / (b - a)] }),
  logMax: ({ a, b }) => -Math.log(b - a),
  spread: ({ a, b }) => (b - a) / Math.sqrt(12),
};
