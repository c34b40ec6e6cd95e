/** MultivariateGaussian({mu, cov}): normal vectors with mean mu and covariance cov, by the Cholesky factor L of cov (cov = L Lᵀ). */
import { ProgramFault } from '../fault.ts';
import { asReals, type Family } from './distribution.ts';
import { LOG_ROOT_TWO_PI } from './specialFunctions.ts';

const SYMMETRY_TOLERANCE = 1e-9;

/** The rows of L, lower triangular. Throws ProgramFault where cov is not symmetric and positive definite. */
function cholesky(cov: readonly (readonly number[])[]): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < cov.length; i++) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      if (Math.abs(cov[i][j] - cov[j][i]) > SYMMETRY_TOLERANCE * Math.max(1, Math.abs(cov[i][j])))
        throw new ProgramFault(
          `MultivariateGaussian: cov must be symmetric, but its elements ${i},${j} and ${j},${i} differ`,
        );
      let sum = cov[i][j];
      for (let k = 0; k < j; k++) sum -= row[k] * (rows[j]?.[k] ?? row[k]);
      if (i === j && !(sum > 0)) throw new ProgramFault('MultivariateGaussian: cov must be positive definite');
      row.push(i === j ? Math.sqrt(sum) : sum / rows[j][j]);
    }
    rows.push(row);
  }
  return rows;
}

export const MultivariateGaussian: Family<{
  readonly mu: Float64Array;
  readonly factor: readonly (readonly number[])[];
}> = {
  name: 'MultivariateGaussian',
  parameterNames: ['mu', 'cov'],
  isContinuous: true,
  prepare: ({ reals, raw }) => {
    const mu = reals('mu');
    const cov = raw('cov');
    const isMatrix =
      Array.isArray(cov) && cov.length === mu.length && cov.every((row) => asReals(row, mu.length) !== undefined);
    if (mu.length === 0 || !isMatrix)
      throw new ProgramFault(`MultivariateGaussian: cov must be ${mu.length} rows of ${mu.length} numbers`);
    return { mu, factor: cholesky(cov) };
  },
  sample: ({ mu, factor }, draws) => {
    const z = Array.from(mu, () => draws.gaussian());
    return Array.from(mu, (m, i) => factor[i].reduce((sum, l, j) => sum + l * z[j], m));
  },
  logProb: ({ mu, factor }, value) => {
    const xs = asReals(value, mu.length);
    if (!xs) return Number.NEGATIVE_INFINITY;
    const z: number[] = [];
    let result = 0;
    for (let i = 0; i < mu.length; i++) {
      let rest = xs[i] - mu[i];
      for (let j = 0; j < i; j++) rest -= factor[i][j] * z[j];
      z.push(rest / factor[i][i]);
      result -= 0.5 * z[i] * z[i] + Math.log(factor[i][i]) + LOG_ROOT_TWO_PI;
    }
    return result;
  },
};
