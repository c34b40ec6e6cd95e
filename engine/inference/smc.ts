/**
 * Sequential Monte Carlo: particles go from factor to factor, are resampled by their weights and moved by Metropolis–Hastings steps. Independent
 * batches estimate the same posterior, each weighted by its estimate of the evidence; their spread gives the standard error.
 * **Source:** A. Doucet, N. de Freitas, N. Gordon, Sequential Monte Carlo methods in practice (2001); N. Whiteley et al. (2016) on pooling.
 */
import { logSumExp, normalizeLogWeights } from '../logSpace.ts';
import type { Draws } from '../program/draws.ts';
import { stepMetropolisHastings, type Widths } from './metropolisHastings.ts';
import type { Trace, TraceOptions } from './trace.ts';

export type Batch = {
  /** Values of the particles with their normalized weights. */
  readonly values: readonly unknown[];
  readonly weights: Float64Array;
  /** log of the batch's estimate of the evidence; −∞ when every particle died. */
  readonly logZ: number;
  readonly extensions: number;
};

/** Most factors a run may have: each costs a run of every particle. */
const STAGE_LIMIT = 1_000;
const RESAMPLE_BELOW = 0.5;

/** `count` indices, each drawn with its weight in even strides from one uniform. */
function resample(weights: Float64Array, draws: Draws): Int32Array {
  const count = weights.length;
  const result = new Int32Array(count);
  let sum = weights[0];
  let i = 0;
  const shift = draws.uniform();
  for (let j = 0; j < count; j++) {
    while (sum < (j + shift) / count && i < count - 1) sum += weights[++i];
    result[j] = i;
  }
  return result;
}

const effective = (weights: Float64Array): number => 1 / weights.reduce((sum, w) => sum + w * w, 0);

export type SmcOptions = { readonly particles: number; readonly rejuvenation: number; readonly look: () => void };

/** One batch of particles, from the prior to the posterior. */
export function runBatch(
  draws: Draws,
  run: (options?: TraceOptions) => Trace,
  { particles, rejuvenation, look }: SmcOptions,
): Batch {
  let traces: Trace[] = [];
  let logWeights = new Float64Array(particles);
  let logZ = 0;
  let extensions = 0;
  const widths: Widths = new Map();
  for (let stage = 1; stage <= STAGE_LIMIT; stage++) {
    const before = traces.map((trace) => trace.logWeight);
    traces = Array.from({ length: particles }, (_, i) => {
      if (i % 64 === 0) look();
      if (traces.length > 0 && (traces[i].isComplete || logWeights[i] === Number.NEGATIVE_INFINITY)) return traces[i];
      extensions++;
      return run({ previous: traces[i], stopAfter: stage });
    });
    for (let i = 0; i < particles; i++)
      if (logWeights[i] > Number.NEGATIVE_INFINITY) logWeights[i] += traces[i].logWeight - (before[i] ?? 0);
    const total = logSumExp(logWeights);
    if (total === Number.NEGATIVE_INFINITY)
      return { values: [], weights: new Float64Array(0), logZ: total, extensions };
    if (traces.every((trace, i) => trace.isComplete || logWeights[i] === Number.NEGATIVE_INFINITY))
      return {
        values: traces.map((trace) => trace.value),
        weights: normalizeLogWeights(logWeights),
        logZ: logZ + total - Math.log(particles),
        extensions,
      };
    const weights = normalizeLogWeights(logWeights);
    const isPoor = effective(weights) < RESAMPLE_BELOW * particles;
    if (!isPoor) continue;
    logZ += total - Math.log(particles);
    logWeights = new Float64Array(particles);
    const chosen = resample(weights, draws);
    traces = Array.from(chosen, (i) => traces[i]);
    for (let k = 0; k < rejuvenation; k++)
      traces = traces.map((trace, i) => {
        if (i % 64 === 0) look();
        extensions++;
        return stepMetropolisHastings(draws, trace, { run, widths, isAdapting: false, stopAfter: stage }).trace;
      });
  }
  return { values: [], weights: new Float64Array(0), logZ: Number.NEGATIVE_INFINITY, extensions };
}
