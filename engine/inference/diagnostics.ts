/**
 * Diagnostics of chains: split R̂ and the effective number of independent draws. **Source:** A. Gelman et al., Bayesian Data Analysis, 3rd ed. (2013),
 * §11.4–11.5; C. Geyer, Practical Markov chain Monte Carlo (1992), initial monotone sequence.
 */

type Chain = ArrayLike<number>;

const meanOf = (xs: Chain): number => {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += xs[i];
  return sum / xs.length;
};

function varianceOf(xs: Chain, mean: number): number {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += (xs[i] - mean) ** 2;
  return sum / (xs.length - 1);
}

/** Each chain cut in two halves of equal length. */
const halves = (chains: readonly Float64Array[]): Float64Array[] =>
  chains.flatMap((chain) => {
    const half = chain.length >> 1;
    return [chain.subarray(0, half), chain.subarray(chain.length - half)];
  });

/** Within-chain variance W and the pooled estimate var⁺ = (n−1)/n W + B/n of chains of equal length n. */
function variances(chains: readonly Float64Array[]): { within: number; pooled: number } {
  const n = chains[0].length;
  const means = chains.map(meanOf);
  const within = meanOf(chains.map((chain, i) => varianceOf(chain, means[i])));
  const between = chains.length > 1 ? varianceOf(means, meanOf(means)) : 0;
  return { within, pooled: ((n - 1) / n) * within + between };
}

/** Split R̂ of chains of equal length (at least 4); 1 when nothing varies, Infinity when each half stands still elsewhere. */
export function splitRHat(chains: readonly Float64Array[]): number {
  const { within, pooled } = variances(halves(chains));
  if (pooled === 0) return 1;
  return within === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(pooled / within);
}

function autocovariance(xs: Float64Array, mean: number, lag: number): number {
  let sum = 0;
  for (let i = lag; i < xs.length; i++) sum += (xs[i] - mean) * (xs[i - lag] - mean);
  return sum / xs.length;
}

/** Effective sample size of all chains together, at most m·n·log10(m·n). */
export function effectiveSampleSize(chains: readonly Float64Array[]): number {
  const split = halves(chains);
  const n = split[0].length;
  const total = split.length * n;
  const { within, pooled } = variances(split);
  if (pooled === 0) return total;
  const means = split.map(meanOf);
  const correlation = (lag: number): number =>
    1 - (within - meanOf(split.map((chain, i) => autocovariance(chain, means[i], lag)))) / pooled;
  let sum = 0;
  let previous = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = Math.min(previous, correlation(lag) + correlation(lag + 1));
    if (pair <= 0) break;
    sum += pair;
    previous = pair;
  }
  const time = Math.max(2 * sum - 1, 1 / Math.log10(Math.max(10, total)));
  return total / time;
}
