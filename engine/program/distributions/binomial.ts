/** Binomial(p, n): the number of successes in n trials; probability C(n, k) p^k (1−p)^(n−k). */
import type { Draws } from '../draws.ts';
import { asNumber, type Family } from './distribution.ts';
import { drawLogGamma } from './sampling.ts';
import { logChoose, xLogY } from './specialFunctions.ts';

const DIRECT_LIMIT = 40;

/**
 * Many trials are halved by the middle order statistic of n uniforms, a beta draw: on its far side every trial is decided at once.
 * **Source:** L. Devroye, Non-Uniform Random Variate Generation (1986), X.4.3.
 */
export function drawBinomial(draws: Draws, p: number, n: number): number {
  let successes = 0;
  let trials = n;
  let prob = p;
  while (trials > DIRECT_LIMIT) {
    const below = 1 + Math.floor(trials / 2);
    const x = drawLogGamma(draws, below);
    const y = drawLogGamma(draws, trials + 1 - below);
    const middle = 1 / (1 + Math.exp(y - x));
    if (middle >= prob) {
      trials = below - 1;
      prob /= middle;
    } else {
      successes += below;
      trials -= below;
      prob = (prob - middle) / (1 - middle);
    }
  }
  for (let i = 0; i < trials; i++) if (draws.uniform() < prob) successes++;
  return successes;
}

export const Binomial: Family<{ readonly p: number; readonly n: number }> = {
  name: 'Binomial',
  parameterNames: ['p', 'n'],
  isContinuous: false,
  prepare: ({ prob, count }) => ({ p: prob('p'), n: count('n') }),
  sample: ({ p, n }, draws) => drawBinomial(draws, p, n),
  logProb: ({ p, n }, value) => {
    const k = asNumber(value);
    if (!Number.isInteger(k) || k < 0 || k > n) return Number.NEGATIVE_INFINITY;
    return logChoose(n, k) + xLogY(k, p) + (k === n ? 0 : (n - k) * Math.log1p(-p));
  },
  support: ({ n }) => Array.from({ length: n + 1 }, (_, k) => k),
};
