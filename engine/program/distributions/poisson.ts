/** Poisson(mu): probability μ^k e^(−μ) / k!. */
import type { Draws } from '../draws.ts';
import { drawBinomial } from './binomial.ts';
import { asNumber, type Family } from './distribution.ts';
import { drawLogGamma } from './sampling.ts';
import { logGamma, xLogY } from './specialFunctions.ts';

const DIRECT_LIMIT = 20;

/** Large means are cut down by the time of a late arrival, a gamma draw. **Source:** J. Ahrens & U. Dieter (1974), method PG. */
function drawPoisson(draws: Draws, mu: number): number {
  let count = 0;
  let left = mu;
  while (left > DIRECT_LIMIT) {
    const arrival = Math.floor((7 / 8) * left);
    const time = Math.exp(drawLogGamma(draws, arrival));
    if (time > left) return count + drawBinomial(draws, left / time, arrival - 1);
    count += arrival;
    left -= time;
  }
  let product = draws.uniform();
  const end = Math.exp(-left);
  while (product > end) {
    count++;
    product *= draws.uniform();
  }
  return count;
}

export const Poisson: Family<{ readonly mu: number }> = {
  name: 'Poisson',
  parameterNames: ['mu'],
  isContinuous: false,
  prepare: ({ positive }) => ({ mu: positive('mu') }),
  sample: ({ mu }, draws) => drawPoisson(draws, mu),
  logProb: ({ mu }, value) => {
    const k = asNumber(value);
    return Number.isInteger(k) && k >= 0 ? xLogY(k, mu) - mu - logGamma(k + 1) : Number.NEGATIVE_INFINITY;
  },
};
