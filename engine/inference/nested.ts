/** Infer inside a program: an inference whose runs are runs of a function of the program, giving a distribution to go on with. */
import { normalizeLogWeights } from '../logSpace.ts';
import type { Distribution } from '../program/distributions/distribution.ts';
import { createMarginal } from '../program/distributions/marginal.ts';
import { describe, LimitReached, ProgramFault } from '../program/fault.ts';
import { burn } from '../program/runtime.ts';
import { createKeyMaker } from '../program/valueKey.ts';
import { findStart } from './chains.ts';
import { enumerateLeaves } from './enumerate.ts';
import { createForward } from './forward.ts';
import type { ProgramHost } from './host.ts';
import { createImportance } from './importance.ts';
import { stepMetropolisHastings } from './metropolisHastings.ts';
import { createRejection } from './rejection.ts';
import type { RunningProgram } from './runningProgram.ts';
import { type Attempt, REJECTED } from './sampling.ts';
import { createTraceRunner } from './trace.ts';
import type { PlaceTracer } from './tracer.ts';

const DEFAULT_SAMPLES = 1_000;
const SAMPLE_LIMIT = 1_000_000;
const ATTEMPTS_PER_SAMPLE = 10_000;
const AUTO_LEAVES = 20_000;
const DEPTH_LIMIT = 8;

type Result = { readonly value: unknown; readonly logWeight: number };

/** The distribution of weighted results. */
function marginalOf(results: readonly Result[]): Distribution {
  if (results.length === 0)
    throw new ProgramFault('a nested Infer found no run with any weight', 'Is the evidence possible under the model?');
  const keyOf = createKeyMaker();
  const weights = normalizeLogWeights(results.map((result) => result.logWeight));
  const table = new Map<string, { value: unknown; weight: number }>();
  results.forEach(({ value }, i) => {
    const entry = table.get(keyOf(value));
    if (entry) entry.weight += weights[i];
    else table.set(keyOf(value), { value, weight: weights[i] });
  });
  const entries = [...table.values()];
  return createMarginal(
    entries.map((entry) => entry.value),
    entries.map((entry) => entry.weight),
  );
}

function collectRuns(running: RunningProgram, attempt: Attempt, samples: number): Result[] {
  const results: Result[] = [];
  for (let i = 0; results.length < samples && i < samples * ATTEMPTS_PER_SAMPLE; i++) {
    burn(running.runtime, 1);
    const result = attempt();
    if (result !== REJECTED) results.push({ value: result.value, logWeight: result.logWeight });
  }
  return results;
}

function walk(running: RunningProgram, tracer: PlaceTracer, samples: number): Result[] {
  const run = createTraceRunner(running, tracer);
  let trace = findStart(running, run);
  const widths = new Map();
  const burnIn = Math.ceil(samples / 10);
  const results: Result[] = [];
  for (let i = 0; i < samples + burnIn; i++) {
    burn(running.runtime, 1);
    trace = stepMetropolisHastings(running.runtime.draws, trace, { run, widths, isAdapting: i < burnIn }).trace;
    if (i >= burnIn) results.push({ value: trace.value, logWeight: 0 });
  }
  return results;
}

function enumerated(running: RunningProgram, limit: number): Distribution {
  const results: Result[] = [];
  enumerateLeaves(running, (leaf) => results.push(leaf), { limit, look: () => burn(running.runtime, 64) });
  return marginalOf(results);
}

function samplesOf(options: Readonly<Record<string, unknown>>): number {
  const given = options.samples ?? options.particles ?? DEFAULT_SAMPLES;
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 1)
    throw new ProgramFault(`Infer: samples must be a whole number of at least 1, received ${describe(given)}`);
  if (given > SAMPLE_LIMIT) throw new LimitReached(`Infer: ${given} samples; at most ${SAMPLE_LIMIT} are allowed`);
  return given;
}

function inferBy(
  running: RunningProgram,
  tracer: PlaceTracer,
  host: ProgramHost,
  options: Readonly<Record<string, unknown>>,
): Distribution {
  const method = options.method ?? 'auto';
  switch (method) {
    case 'enumerate':
      return enumerated(running, 1_000_000);
    case 'auto':
      try {
        return enumerated(running, AUTO_LEAVES);
      } catch (error) {
        if (!(error instanceof ProgramFault) || !/^enumerate/.test(error.message)) throw error;
        return marginalOf(collectRuns(running, createImportance(running, host, 'general'), samplesOf(options)));
      }
    case 'rejection':
      return marginalOf(collectRuns(running, createRejection(running, host, 'general'), samplesOf(options)));
    case 'forward':
      return marginalOf(collectRuns(running, createForward(running, host, 'general'), samplesOf(options)));
    case 'importance':
    case 'SMC':
    case 'smc':
      return marginalOf(collectRuns(running, createImportance(running, host, 'general'), samplesOf(options)));
    case 'MCMC':
    case 'incrementalMH':
    case 'mh':
      return marginalOf(walk(running, tracer, samplesOf(options)));
    default:
      throw new ProgramFault(
        `Infer: ${describe(method)} is no method here`,
        'Use enumerate, rejection, importance, MCMC or forward.',
      );
  }
}

/** Lets the program call Infer: its runtime's `infer` runs the body under the algorithm asked for and comes back as if nothing had happened. */
export function allowNestedInference(running: RunningProgram, tracer: PlaceTracer, host: ProgramHost): void {
  const { runtime } = running;
  let depth = 0;
  runtime.infer = (options, body) => {
    if (++depth > DEPTH_LIMIT) throw new LimitReached(`Infer nested more than ${DEPTH_LIMIT} deep`);
    const { handler, journal } = runtime;
    const undo: (() => void)[] = [];
    const forget = (): void => {
      for (const step of undo.splice(0)) step();
    };
    const unnest = tracer.nest();
    const callDepth = runtime.depth;
    runtime.journal = undo;
    const begin = (): void => {
      forget();
      runtime.depth = callDepth;
    };
    try {
      // Faults go out as they are: the place is still on their stack.
      return inferBy({ ...running, body, begin, explain: (error) => error as Error }, tracer, host, options);
    } finally {
      forget();
      runtime.journal = journal;
      runtime.handler = handler;
      runtime.depth = callDepth;
      unnest();
      depth--;
    }
  };
}
