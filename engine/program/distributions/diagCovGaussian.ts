/** DiagCovGaussian({mu, sigma}): independent normals, one per component; values are arrays. */
import { ProgramFault } from '../fault.ts';
import { asReals, type Family } from './distribution.ts';
import { LOG_ROOT_TWO_PI } from './specialFunctions.ts';

export const DiagCovGaussian: Family<{ readonly mu: Float64Array; readonly sigma: Float64Array }> = {
  name: 'DiagCovGaussian',
  parameterNames: ['mu', 'sigma'],
  isContinuous: true,
  prepare: ({ reals }) => {
    const mu = reals('mu');
    const sigma = reals('sigma');
    if (mu.length !== sigma.length || mu.length === 0)
      throw new ProgramFault(
        `DiagCovGaussian: mu has ${mu.length} elements and sigma ${sigma.length}; they must be as many`,
      );
    if (sigma.some((s) => s <= 0)) throw new ProgramFault('DiagCovGaussian: every element of sigma must be above 0');
    return { mu, sigma };
  },
  sample: ({ mu, sigma }, draws) => Array.from(mu, (m, i) => m + sigma[i] * draws.gaussian()),
  logProb: ({ mu, sigma }, value) => {
    const xs = asReals(value, mu.length);
    if (!xs) return Number.NEGATIVE_INFINITY;
    return xs.reduce(
      (sum, x, i) => sum - 0.5 * ((x - mu[i]) / sigma[i]) ** 2 - Math.log(sigma[i]) - LOG_ROOT_TWO_PI,
      0,
    );
  },
};
