/**
 * Hamiltonian Monte Carlo on the real-valued choices of a trace, alternating with single-site steps. The step size is adapted by dual
 * averaging towards an acceptance of 0.8 and each choice's scale to its variance while burning in; path lengths are jittered.
 * **Source:** R. Neal, MCMC using Hamiltonian dynamics (2011); M. Hoffman, A. Gelman, The No-U-Turn sampler (2014), algorithm 5.
 */
import type { Draws } from '../program/draws.ts';
import type { Kernel } from './chains.ts';
import {
  createDifferentiable,
  type Differentiable,
  isMoved,
  type Point,
  positionOf,
  refuseHardConditions,
} from './differentiable.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import type { Choice, Trace, TraceOptions } from './trace.ts';
import type { Place, PlaceTracer } from './tracer.ts';

const WANTED_ACCEPTANCE = 0.8;
const PATH_LENGTH = 1.6;
const MAX_LEAPFROGS = 12;
/** Single-site steps between trajectories: one per choice that trajectories do not move, up to this. */
const MAX_OTHER_STEPS = 10;
/** Visits of a choice before its variance is believed. */
const LEAST_VISITS = 50;

/** Dual averaging of log ε. */
function createStepSize() {
  let logStep = Math.log(0.1);
  let logMean = Math.log(0.1);
  let error = 0;
  let count = 0;
  return {
    value: (isAdapting: boolean): number => Math.exp(isAdapting || count === 0 ? logStep : logMean),
    learn: (acceptance: number): void => {
      count++;
      error += (WANTED_ACCEPTANCE - acceptance - error) / (count + 10);
      logStep = Math.log(0.5) - (Math.sqrt(count) / 0.05) * error;
      const share = count ** -0.75;
      logMean = share * logStep + (1 - share) * logMean;
    },
  };
}

type Moments = { count: number; mean: number; squares: number };

/** Running variances of positions, by place. */
function createScales() {
  const moments = new Map<Place, Moments>();
  return {
    learn: (moved: readonly Choice[], position: Float64Array): void => {
      moved.forEach(({ place }, i) => {
        let m = moments.get(place);
        if (!m) moments.set(place, (m = { count: 0, mean: 0, squares: 0 }));
        m.count++;
        const off = position[i] - m.mean;
        m.mean += off / m.count;
        m.squares += off * (position[i] - m.mean);
      });
    },
    variances: (moved: readonly Choice[]): Float64Array =>
      Float64Array.from(moved, ({ place }) => {
        const m = moments.get(place);
        return m && m.count >= LEAST_VISITS ? Math.max(1e-8, m.squares / (m.count - 1)) : 1;
      }),
  };
}

const kinetic = (momentum: Float64Array, variances: Float64Array): number =>
  momentum.reduce((sum, r, i) => sum + 0.5 * variances[i] * r * r, 0);

/** Leapfrog steps from `start`; undefined where the path leaves the program's structure or support. */
function leapfrog(
  evaluate: (position: Float64Array) => Point | undefined,
  start: Point,
  from: Float64Array,
  momentum: Float64Array,
  how: { readonly step: number; readonly count: number; readonly variances: Float64Array },
): { position: Float64Array; point: Point } | undefined {
  const { step, count, variances } = how;
  let position = from;
  let point = start;
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < momentum.length; i++) momentum[i] += 0.5 * step * point.gradient[i];
    position = position.map((q, i) => q + step * variances[i] * momentum[i]);
    const next = evaluate(position);
    if (!next) return undefined;
    point = next;
    for (let i = 0; i < momentum.length; i++) momentum[i] += 0.5 * step * point.gradient[i];
  }
  return { position, point };
}

/** The trace with the moved choices at `values`, run again so that everything about it is up to date. */
function moveTrace(
  trace: Trace,
  moved: readonly Choice[],
  values: readonly number[],
  run: (options: TraceOptions) => Trace,
  stopAfter: number | undefined,
): Trace {
  const index = new Map(trace.index);
  for (const [i, choice] of moved.entries()) index.set(choice.place, { ...choice, value: values[i] });
  return run({ previous: { ...trace, index }, stopAfter });
}

type Chain = {
  readonly draws: Draws;
  readonly stepSize: ReturnType<typeof createStepSize>;
  readonly scales: ReturnType<typeof createScales>;
  readonly evaluate: Differentiable;
  readonly run: (options: TraceOptions) => Trace;
};

/** One trajectory. */
function moveAll(
  chain: Chain,
  trace: Trace,
  how: { readonly isAdapting: boolean; readonly stopAfter: number | undefined },
): { readonly trace: Trace; readonly isAccepted: boolean } {
  const { draws, stepSize, scales } = chain;
  const moved = trace.choices.filter(isMoved);
  const position = positionOf(moved);
  const start = moved.length > 0 ? chain.evaluate(trace, moved, position) : undefined;
  if (!start) return { trace, isAccepted: false };
  const variances = scales.variances(moved);
  const momentum = Float64Array.from(variances, (variance) => draws.gaussian() / Math.sqrt(variance));
  const step = stepSize.value(how.isAdapting);
  const count = Math.max(1, Math.min(MAX_LEAPFROGS, Math.round((PATH_LENGTH * (0.5 + draws.uniform())) / step)));
  const energy = kinetic(momentum, variances) - start.logDensity;
  const logU = Math.log(draws.uniform());
  const end = leapfrog((at) => chain.evaluate(trace, moved, at), start, position, momentum, { step, count, variances });
  const logAcceptance = end ? energy - (kinetic(momentum, variances) - end.point.logDensity) : Number.NEGATIVE_INFINITY;
  if (how.isAdapting) stepSize.learn(Math.min(1, Math.exp(logAcceptance)));
  const isAccepted = end !== undefined && logU < logAcceptance;
  if (how.isAdapting) scales.learn(moved, isAccepted && end ? end.position : position);
  if (!isAccepted || !end) return { trace, isAccepted: false };
  return { trace: moveTrace(trace, moved, end.point.values, chain.run, how.stopAfter), isAccepted };
}

/** A kernel: one trajectory, then steps of `otherKernel`. Throws UserError for programs with hard conditions. */
export function createHmcKernel(
  running: RunningProgram,
  tracer: PlaceTracer,
  run: (options: TraceOptions) => Trace,
  setup: { readonly otherKernel: Kernel; readonly host: ProgramHost },
): Kernel {
  refuseHardConditions(running);
  const chain: Chain = {
    draws: running.runtime.draws,
    stepSize: createStepSize(),
    scales: createScales(),
    evaluate: createDifferentiable(running, tracer, setup.host),
    run,
  };
  return (trace, how) => {
    const { trace: moved, isAccepted } = moveAll(chain, trace, how);
    let current = moved;
    const others = moved.choices.reduce((count, choice) => count + (isMoved(choice) ? 0 : 1), 0);
    for (let i = 0; i < Math.max(1, Math.min(MAX_OTHER_STEPS, others)); i++)
      current = setup.otherKernel(current, how).trace;
    return { trace: current, isAccepted };
  };
}
