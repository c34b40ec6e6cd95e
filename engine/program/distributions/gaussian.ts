/** Gaussian(mu, sigma): density exp(−(x−μ)²/2σ²) / (σ√2π). */
import { asNumber, type Family } from './distribution.ts';
import { LOG_ROOT_TWO_PI } from './specialFunctions.ts';

export const Gaussian: Family<{ readonly mu: number; readonly sigma: number }> = {
  name: 'Gaussian',
  parameterNames: ['mu', 'sigma'],
  isContinuous: true,
  prepare: ({ real, positive }) => ({ mu: real('mu'), sigma: positive('sigma') }),
  sample: ({ mu, sigma }, draws) => mu + sigma * draws.gaussian(),
  logProb: ({ mu, sigma }, value) => {
    const z = (asNumber(value) - mu) / sigma;
    return -0.5 * z * z - Math.log(sigma) - LOG_ROOT_TWO_PI;
  },
  bounds: () => [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  gradient: ({ mu, sigma }, x) => {
    const z = (x - mu) / sigma;
    return { value: -z / sigma, parameters: [z / sigma, (z * z - 1) / sigma] };
  },
  logMax: ({ sigma }) => -Math.log(sigma) - LOG_ROOT_TWO_PI,
  spread: ({ sigma }) => sigma,
};
