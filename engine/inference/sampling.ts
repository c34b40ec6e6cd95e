/** What the algorithms that collect independent runs have in common: numbered chunks with a stream each, stopping at chunk ends, progress. */
import { CancelledError } from '../../shared/errors.ts';
import type { QueryPosterior } from '../../shared/posterior.ts';
import type { Random } from '../random.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import { isOutOfTime, LEAST_ESS, reasonToStop, type StopReason, type StopRule } from './stopping.ts';
import { posteriorsOf } from './tally.ts';
import { createWeightedTally, type WeightedTally } from './weightedTally.ts';

/** Runs per chunk. Part of a result's identity: changing it changes every number. */
export const CHUNK = 1_024;
/** Of the prior, whose every run counts: a few hundred give it to a point or two. */
export const PRIOR_CHUNK = 256;
/** Between looks at the clock and at cancellation. */
const LOOK_EVERY = 64;
const PROGRESS_SECONDS = 0.1;
/** Until the first report: whoever varies the evidence waits for it. */
const FIRST_SECONDS = 0.03;

export const REJECTED: unique symbol = Symbol('rejected');

export type SamplingResult = {
  readonly weighted: WeightedTally;
  readonly executions: number;
  readonly accepted: number;
  readonly reason: StopReason;
};

/** One run: its value and log weight, or REJECTED. The same record may be used again by the next. */
export type Attempt = () => { readonly value: unknown; readonly logWeight: number } | typeof REJECTED;

/** Tells how far the work is, some ten times a second and for the first time soon, with a sketch of the posterior where one is wanted, and throws CancelledError when it is not wanted any more. */
export function createLook(
  host: ProgramHost,
  rule: StopRule,
  figures: () => { readonly done: number; readonly unit: string; readonly executions: number; readonly mcse: number },
  sketch?: () => Record<string, QueryPosterior>,
): () => void {
  let reportedAt = rule.startedAt + FIRST_SECONDS - PROGRESS_SECONDS;
  return () => {
    if (host.control?.signal?.aborted) throw new CancelledError('infer');
    const now = rule.now();
    if (!host.control?.onProgress || now - reportedAt < PROGRESS_SECONDS) return;
    reportedAt = now;
    const { done, unit, executions, mcse } = figures();
    host.control.onProgress({ stage: 'infer', done, unit, figures: { executions, mcse } });
    if (sketch) host.onSketch?.(sketch());
  };
}

/**
 * Collects attempts until `rule` says stop, at the earliest behind a chunk or LEAST_ESS effective runs. Chunk i draws from the stream `random.split(i)`, so the result depends on the seed alone
 * unless time ends it.
 */
export function collect(
  running: RunningProgram,
  random: Random,
  { attempt, chunkSize = CHUNK }: { readonly attempt: Attempt; readonly chunkSize?: number },
  rule: StopRule,
  host: ProgramHost,
): SamplingResult {
  const weighted = createWeightedTally();
  const { draws } = running.runtime;
  const reached = { executions: 0, accepted: 0 };
  let reason: StopReason | undefined;
  const look = createLook(
    host,
    rule,
    () => ({
      done: reached.accepted,
      unit: 'accepted runs',
      executions: reached.executions,
      mcse: weighted.tally.worstError(),
    }),
    () => posteriorsOf(weighted.tally),
  );
  const take = (result: { readonly value: unknown; readonly logWeight: number }): void => {
    reached.accepted++;
    try {
      weighted.add(result.value, result.logWeight);
    } catch (error) {
      throw running.explain(error);
    }
    if (rule.samples !== undefined && reached.accepted >= rule.samples) reason = 'samples';
  };
  for (let chunk = 0; reason === undefined; chunk++) {
    draws.reseed(random.split(chunk));
    for (let i = 0; i < chunkSize && reason === undefined && reached.executions < rule.maxExecutions; i++) {
      const result = attempt();
      reached.executions++;
      if (result !== REJECTED) take(result);
      if (i % LOOK_EVERY === 0) {
        look();
        if (isOutOfTime(rule)) reason = 'time';
      }
    }
    reason ??= reasonToStop(rule, {
      ...reached,
      ess: weighted.ess(),
      leastEss: Math.min(LEAST_ESS, chunkSize),
      worstError: weighted.tally.worstError,
    });
  }
  return { weighted, ...reached, reason };
}
