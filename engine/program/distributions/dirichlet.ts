/** Dirichlet({alpha}): probability vectors, density ∏ xᵢ^(αᵢ−1) / B(α). */
import { normalizeLogWeights } from '../../logSpace.ts';
import { ProgramFault } from '../fault.ts';
import { asReals, type Family } from './distribution.ts';
import { drawLogGamma } from './sampling.ts';
import { logGamma } from './specialFunctions.ts';

const SUM_TOLERANCE = 1e-9;

export const Dirichlet: Family<{ readonly alpha: Float64Array; readonly logBeta: number }> = {
  name: 'Dirichlet',
  parameterNames: ['alpha'],
  isContinuous: true,
  prepare: ({ reals }) => {
    const alpha = reals('alpha');
    if (alpha.length < 2 || alpha.some((a) => a <= 0))
      throw new ProgramFault('Dirichlet: alpha must be at least two numbers above 0');
    const total = alpha.reduce((sum, a) => sum + a, 0);
    return { alpha, logBeta: alpha.reduce((sum, a) => sum + logGamma(a), 0) - logGamma(total) };
  },
  sample: ({ alpha }, draws) => Array.from(normalizeLogWeights(Array.from(alpha, (a) => drawLogGamma(draws, a)))),
  logProb: ({ alpha, logBeta }, value) => {
    const xs = asReals(value, alpha.length);
    if (!xs || xs.some((x) => x < 0) || Math.abs(xs.reduce((sum, x) => sum + x, 0) - 1) > SUM_TOLERANCE)
      return Number.NEGATIVE_INFINITY;
    return xs.reduce((sum, x, i) => sum + (alpha[i] === 1 ? 0 : (alpha[i] - 1) * Math.log(x)), -logBeta);
  },
};
