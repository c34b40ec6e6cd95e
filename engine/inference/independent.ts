/** The methods of independent runs, rejection, importance weights and the prior: runs are collected until there are enough. */
import { createRandom } from '../random.ts';
import { createForward } from './forward.ts';
import { createImportance } from './importance.ts';
import { type Job, type Outcome, POOR_ESS, posteriors, start } from './outcome.ts';
import { createRejection, explainNoneAccepted } from './rejection.ts';
import type { RunningProgram } from './runningProgram.ts';
import { CHUNK, collect, PRIOR_CHUNK, type SamplingResult } from './sampling.ts';
import { type StopRule, stopWarnings } from './stopping.ts';

type IndependentMethod = 'rejection' | 'forward' | 'importance';

/** Runs a method whose runs do not know of each other. */
export function runIndependent(job: Job, method: IndependentMethod): Outcome {
  const { rule, host } = job;
  const running = start(job, false);
  const create = method === 'rejection' ? createRejection : method === 'forward' ? createForward : createImportance;
  const sampled = collect(
    running,
    createRandom(job.seed).split(method),
    { attempt: create(running, host), chunkSize: method === 'forward' ? PRIOR_CHUNK : CHUNK },
    rule,
    host,
  );
  return independentOutcome(running, method, rule, sampled);
}

/** What independent runs found. Throws UserError where none was accepted. */
export function independentOutcome(
  running: RunningProgram,
  method: IndependentMethod,
  rule: StopRule,
  { weighted, executions, accepted, reason }: SamplingResult,
): Outcome {
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
