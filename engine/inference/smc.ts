/**
 * Sequential Monte Carlo: particles go from factor to factor, are resampled by their weights and moved by Metropolis–Hastings steps. Independent
 * batches estimate the same posterior, each weighted by its estimate of the evidence; their spread gives the standard error.
 *
 * A program cannot be halted in the middle and copied, so a particle goes on by a run from its start that repeats its choices. Runs therefore go
 * several factors ahead and are cut back to where weights have become uneven; the stride doubles while they have not, so a program of n factors
 * costs a particle about log n runs and three more for every resampling, each of length n at most.
 * **Source:** A. Doucet, N. de Freitas, N. Gordon, Sequential Monte Carlo methods in practice (2001); N. Whiteley et al. (2016) on pooling.
 */
import { logSumExp, normalizeLogWeights } from '../logSpace.ts';
import type { Draws } from '../program/draws.ts';
import { stepMetropolisHastings, type Widths } from './metropolisHastings.ts';
import { cutTrace, type Trace, type TraceOptions, weightAfter } from './trace.ts';

export type Batch = {
  /** Values of the particles with their normalized weights. */
  readonly values: readonly unknown[];
  readonly weights: Float64Array;
  /** log of the batch's estimate of the evidence; −∞ when every particle died. */
  readonly logZ: number;
  readonly extensions: number;
};

/** Most factors a run may have. */
const STAGE_LIMIT = 1_000_000;
const MAX_STRIDE = 1_024;
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

/** The log weights of particles behind their first `stage` factors, counted from behind the first `from`, where all were alike. */
const weightsBetween = (traces: readonly Trace[], from: number, stage: number): Float64Array =>
  Float64Array.from(traces, (trace) => weightAfter(trace, stage) - weightAfter(trace, from));

/** The first stage after `stage`, up to `last`, at which the weights since `from` are too uneven; `last` if none is. */
function firstPoorStage(
  traces: readonly Trace[],
  { from, stage, last }: { readonly from: number; readonly stage: number; readonly last: number },
): { readonly stage: number; readonly logWeights: Float64Array; readonly isPoor: boolean } {
  for (let next = stage + 1; ; next++) {
    const logWeights = weightsBetween(traces, from, next);
    const isDead = logSumExp(logWeights) === Number.NEGATIVE_INFINITY;
    const isPoor = isDead || effective(normalizeLogWeights(logWeights)) < RESAMPLE_BELOW * traces.length;
    if (isPoor || next >= last) return { stage: next, logWeights, isPoor };
  }
}

export type SmcOptions = { readonly particles: number; readonly rejuvenation: number; readonly look: () => void };

/** One batch of particles, from the prior to the posterior. */
export function runBatch(
  draws: Draws,
  run: (options?: TraceOptions) => Trace,
  { particles, rejuvenation, look }: SmcOptions,
): Batch {
  const widths: Widths = new Map();
  let traces: Trace[] = [];
  let logZ = 0;
  let extensions = 0;
  // All particles are alike behind `from` factors, and known up to `stage` of them.
  let from = 0;
  let stage = 0;
  let stride = 1;
  const dead = (): Batch => ({
    values: [],
    weights: new Float64Array(0),
    logZ: Number.NEGATIVE_INFINITY,
    extensions,
  });
  const extend = (last: number): Trace[] =>
    Array.from({ length: particles }, (_, i) => {
      if (i % 64 === 0) look();
      const previous = traces.at(i);
      if (previous && (previous.isComplete || previous.logWeight === Number.NEGATIVE_INFINITY)) return previous;
      extensions++;
      return run({ previous, stopAfter: last });
    });
  const move = (trace: Trace, i: number): Trace => {
    if (i % 64 === 0) look();
    extensions++;
    return stepMetropolisHastings(draws, trace, { run, widths, isAdapting: false, stopAfter: stage }).trace;
  };
  while (stage < STAGE_LIMIT) {
    traces = extend(stage + stride);
    const reached = firstPoorStage(traces, { from, stage, last: stage + stride });
    const total = logSumExp(reached.logWeights);
    if (total === Number.NEGATIVE_INFINITY) return dead();
    const isOver = traces.every((trace) => trace.logWeight === Number.NEGATIVE_INFINITY || trace.isComplete);
    if (isOver && traces.every((trace) => trace.factors <= reached.stage))
      return {
        values: traces.map((trace) => trace.value),
        weights: normalizeLogWeights(reached.logWeights),
        logZ: logZ + total - Math.log(particles),
        extensions,
      };
    stride = reached.isPoor ? Math.max(1, reached.stage - stage) : Math.min(MAX_STRIDE, 2 * stride);
    stage = reached.stage;
    if (!reached.isPoor) continue;
    logZ += total - Math.log(particles);
    const chosen = resample(normalizeLogWeights(reached.logWeights), draws);
    traces = Array.from(chosen, (i) => cutTrace(traces[i], stage));
    from = stage;
    for (let k = 0; k < rejuvenation; k++) traces = traces.map(move);
  }
  return dead();
}
