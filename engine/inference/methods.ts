/** One run of one method: what it found in the shape all methods share. */

import { InternalError, UserError } from '../../shared/errors.ts';
import type { InferenceMethod, QueryPosterior } from '../../shared/posterior.ts';
import type { CompiledProgram } from '../program/compile.ts';
import { createRandom } from '../random.ts';
import { chainWarnings, type Kernel, runChains } from './chains.ts';
import { enumerateLeaves } from './enumerate.ts';
import { createForward } from './forward.ts';
import { createHmcKernel } from './hmc.ts';
import type { ProgramHost } from './host.ts';
import { createImportance } from './importance.ts';
import { stepMetropolisHastings, type Widths } from './metropolisHastings.ts';
import { allowNestedInference } from './nested.ts';
import { createRejection, explainNoneAccepted } from './rejection.ts';
import { type RunningProgram, startProgram } from './runningProgram.ts';
import { CHUNK, collect, createLook, PRIOR_CHUNK } from './sampling.ts';
import { runSmc } from './smcBatches.ts';
import { type StopRule, stopWarnings } from './stopping.ts';
import { posteriorOf, type Tally } from './tally.ts';
import { createTraceRunner } from './trace.ts';
import type { PlaceTracer } from './tracer.ts';
import { createWeightedTally } from './weightedTally.ts';

export type RunnableMethod = Exclude<InferenceMethod, 'auto'>;

/** What a method found. */
export type Outcome = {
  readonly queries: Record<string, QueryPosterior>;
  readonly tally: Tally;
  readonly executions: number;
  readonly accepted?: number;
  readonly acceptanceRate?: number;
  readonly ess?: number;
  readonly rHat?: number;
  readonly logZ?: number;
  readonly warnings: readonly string[];
};

type Job = {
  readonly program: CompiledProgram;
  readonly seed: number;
  readonly rule: StopRule;
  readonly host: ProgramHost;
};

/** Below this many effective draws a weighted mean is worth little. */
const POOR_ESS = 200;

const posteriors = (tally: Tally, error?: number): Record<string, QueryPosterior> =>
  Object.fromEntries([...tally.queries()].map(([name, query]) => [name, posteriorOf(name, query, error)]));

/** Starts the program, with Infer allowed inside where it is used. */
function start(job: Job, hasAddresses: boolean): RunningProgram {
  const running = startProgram(job.program, job.host, { hasAddresses });
  if (running.tracer) allowNestedInference(running, running.tracer, job.host);
  return running;
}

const tracerOf = (running: RunningProgram): PlaceTracer => {
  if (!running.tracer) throw new InternalError('a program was started without addresses');
  return running.tracer;
};

function runIndependent(job: Job, method: 'rejection' | 'forward' | 'importance'): Outcome {
  const { rule, host } = job;
  const running = start(job, false);
  const create = method === 'rejection' ? createRejection : method === 'forward' ? createForward : createImportance;
  const { weighted, executions, accepted, reason } = collect(
    running,
    createRandom(job.seed).split(method),
    { attempt: create(running, host), chunkSize: method === 'forward' ? PRIOR_CHUNK : CHUNK },
    rule,
    host,
  );
  if (accepted === 0) throw explainNoneAccepted(running, executions);
  const { tally } = weighted;
  const isWeighted = method === 'importance';
  const ess = isWeighted ? weighted.ess() : accepted;
  const poor =
    isWeighted && ess < POOR_ESS
      ? [
          `only ${ess.toFixed(0)} effective draws of ${executions.toLocaleString('en')}: the weights of few runs decide; use method "smc" or "mh"`,
        ]
      : [];
  return {
    tally,
    queries: posteriors(tally),
    executions,
    accepted,
    acceptanceRate: accepted / executions,
    ess,
    ...(method === 'forward'
      ? {}
      : { logZ: isWeighted ? weighted.logSum() - Math.log(executions) : Math.log(accepted / executions) }),
    warnings: [...running.runtime.warnings, ...stopWarnings(rule, reason, accepted, tally.worstError()), ...poor],
  };
}

function runEnumerate(job: Job, leafLimit: number, choiceLimit: number): Outcome {
  const { rule, host } = job;
  const running = start(job, false);
  const weighted = createWeightedTally();
  const look = createLook(host, rule, () => ({ done: 0, unit: 'paths', executions: 0, mcse: 0 }));
  running.runtime.draws.reseed(createRandom(job.seed).split('enumerate'));
  const executions = enumerateLeaves(
    running,
    ({ value, logWeight }) => {
      if (logWeight > Number.NEGATIVE_INFINITY) weighted.add(value, logWeight);
    },
    { limit: Math.min(leafLimit, rule.maxExecutions), choiceLimit, look },
  );
  if (weighted.tally.queries().size === 0)
    throw new UserError('infer: no path of choices has any weight', {
      hint: 'Is the evidence possible under the program?',
      location: { file: job.program.source.file },
    });
  return {
    tally: weighted.tally,
    queries: posteriors(weighted.tally, 0),
    executions,
    logZ: weighted.logSum(),
    warnings: [...running.runtime.warnings],
  };
}

function runWalk(job: Job, method: 'mh' | 'hmc'): Outcome {
  const { rule, host } = job;
  const running = start(job, true);
  const { draws } = running.runtime;
  const run = createTraceRunner(running, tracerOf(running));
  const createMh = (): Kernel => {
    const widths: Widths = new Map();
    return (trace, how) => stepMetropolisHastings(draws, trace, { run, widths, ...how });
  };
  const createKernel =
    method === 'mh'
      ? createMh
      : () => createHmcKernel(running, tracerOf(running), run, { otherKernel: createMh(), host });
  const result = runChains(running, createRandom(job.seed).split(method), { run, createKernel }, rule, host);
  const worst = Math.max(0, ...Object.values(result.queries).map((query) => query.mcse ?? 0));
  return {
    tally: result.tally,
    queries: result.queries,
    executions: result.executions,
    accepted: result.accepted,
    acceptanceRate: result.accepted / result.executions,
    ess: result.ess,
    rHat: result.rHat,
    warnings: [
      ...running.runtime.warnings,
      ...stopWarnings(rule, result.reason, result.executions, worst),
      ...chainWarnings(result),
    ],
  };
}

function runParticles(job: Job): Outcome {
  const { rule, host } = job;
  const running = start(job, true);
  const result = runSmc(
    running,
    createRandom(job.seed).split('smc'),
    createTraceRunner(running, tracerOf(running)),
    rule,
    host,
  );
  const worst = Math.max(0, ...Object.values(result.queries).map((query) => query.mcse ?? 0));
  return {
    tally: result.tally,
    queries: result.queries,
    executions: result.executions,
    ess: result.ess,
    logZ: result.logZ,
    warnings: [
      ...running.runtime.warnings,
      ...stopWarnings(rule, result.reason, result.executions, worst),
      ...(result.ess < POOR_ESS ? [`only ${result.ess.toFixed(0)} effective particles`] : []),
    ],
  };
}

/** Runs `method`. Throws UserError where the program fails, has no weight, or the method does not fit it. */
export function runMethod(
  job: Job,
  method: RunnableMethod,
  { leafLimit = Number.POSITIVE_INFINITY, choiceLimit = Number.POSITIVE_INFINITY } = {},
): Outcome {
  switch (method) {
    case 'rejection':
    case 'forward':
    case 'importance':
      return runIndependent(job, method);
    case 'enumerate':
      return runEnumerate(job, Math.min(leafLimit, 1_000_000), choiceLimit);
    case 'mh':
    case 'hmc':
      return runWalk(job, method);
    case 'smc':
      return runParticles(job);
    default:
      return method satisfies never;
  }
}

export type { Job };
