/** One run of one method: what it found in the shape all methods share. */
import { UserError } from '../../shared/errors.ts';
import { createRandom } from '../random.ts';
import { chainWarnings, type Kernel, runChains } from './chains.ts';
import { enumerateLeaves } from './enumerate.ts';
import { createHmcKernel } from './hmc.ts';
import { runIndependent } from './independent.ts';
import { stepMetropolisHastings, type Widths } from './metropolisHastings.ts';
import { type Job, type Outcome, POOR_ESS, posteriors, type RunnableMethod, start, tracerOf } from './outcome.ts';
import { createLook } from './sampling.ts';
import { runSmc } from './smcBatches.ts';
import { stopWarnings } from './stopping.ts';
import { createTraceRunner } from './trace.ts';
import { runWalks } from './walks.ts';
import { createWeightedTally } from './weightedTally.ts';

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
    case 'walks':
      return runWalks(job);
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
