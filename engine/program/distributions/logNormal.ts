/** LogNormal(mu, sigma): exp of a normal; density exp(−(log x−μ)²/2σ²) / (x σ√2π), x > 0. */
import { asNumber, type Family } from './distribution.ts';
import { LOG_ROOT_TWO_PI } from './specialFunctions.ts';

export const LogNormal: Family<{ readonly mu: number; readonly sigma: number }> = {
  name: 'LogNormal',
  parameterNames: ['mu', 'sigma'],
  isContinuous: true,
  prepare: ({ real, positive }) => ({ mu: real('mu'), sigma: positive('sigma') }),
  sample: ({ mu, sigma }, draws) => Math.exp(mu + sigma * draws.gaussian()),
  logProb: ({ mu, sigma }, value) => {
    const x = asNumber(value);
    if (!(x > 0)) return Number.NEGATIVE_INFINITY;
    const z = (Math.log(x) - mu) / sigma;
    return -0.5 * z * z - Math.log(x * sigma) - LOG_ROOT_TWO_PI;
  },
  bounds: () => [0, Number.POSITIVE_INFINITY],
  gradient: ({ mu, sigma }, x) => {
    const z = (Math.log(x) - mu) / sigma;
    return { value: -(1 + z / sigma) / x, parameters: [z / sigma, (z * z - 1) / sigma] };
  },
  spread: ({ mu, sigma }) => Math.exp(mu + sigma ** 2 / 2) * Math.sqrt(Math.expm1(sigma ** 2)),
};
