/** LogitNormal(mu, sigma, a, b): a + (b−a) / (1 + e^(−z)) of a normal z, on (a, b). */
import { ProgramFault } from '../fault.ts';
import { asNumber, type Family } from './distribution.ts';
import { LOG_ROOT_TWO_PI } from './specialFunctions.ts';

export const LogitNormal: Family<{
  readonly mu: number;
  readonly sigma: number;
  readonly a: number;
  readonly b: number;
}> = {
  name: 'LogitNormal',
  parameterNames: ['mu', 'sigma', 'a', 'b'],
  isContinuous: true,
  prepare: ({ real, positive }) => {
    const [a, b] = [real('a', 0), real('b', 1)];
    if (a >= b) throw new ProgramFault(`LogitNormal: a must be below b, received a = ${a} and b = ${b}`);
    return { mu: real('mu'), sigma: positive('sigma'), a, b };
  },
  sample: ({ mu, sigma, a, b }, draws) => a + (b - a) / (1 + Math.exp(-(mu + sigma * draws.gaussian()))),
  logProb: ({ mu, sigma, a, b }, value) => {
    const x = asNumber(value);
    if (!(x > a && x < b)) return Number.NEGATIVE_INFINITY;
    const z = (Math.log((x - a) / (b - x)) - mu) / sigma;
    return -0.5 * z * z - Math.log(sigma) - LOG_ROOT_TWO_PI + Math.log((b - a) / ((x - a) * (b - x)));
  },
  bounds: ({ a, b }) => [a, b],
  gradient: ({ mu, sigma, a, b }, x) => {
    const z = (Math.log((x - a) / (b - x)) - mu) / sigma;
    const logitSlope = (b - a) / ((x - a) * (b - x));
    const fromA = -1 / (b - a) + 1 / (x - a) + (z / sigma) * (1 / (x - a));
    const fromB = 1 / (b - a) - 1 / (b - x) + (z / sigma) * (1 / (b - x));
    return {
      value: -(z / sigma) * logitSlope - 1 / (x - a) + 1 / (b - x),
      parameters: [z / sigma, (z * z - 1) / sigma, fromA, fromB],
    };
  },
  spread: ({ a, b, sigma }) => (b - a) * Math.min(0.25, sigma / 4),
};
