/** What the algorithms that collect weighted runs have in common: numbered chunks with a stream each, stopping at chunk ends, progress. */
import { CancelledError } from '../../shared/errors.ts';
import type { Random } from '../random.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import { isOutOfTime, reasonToStop, type StopReason, type StopRule } from './stopping.ts';
import { createTally, type Tally } from './tally.ts';

/** Runs per chunk. Part of a result's identity: changing it changes every number. */
export const CHUNK = 1_024;
/** Between looks at the clock and at cancellation. */
const LOOK_EVERY = 64;
const PROGRESS_SECONDS = 0.2;

export const REJECTED: unique symbol = Symbol('rejected');

export type SamplingResult = {
  readonly tally: Tally;
  readonly executions: number;
  readonly accepted: number;
  readonly reason: StopReason;
  /** log of the mean weight. */
  readonly weightSum: number;
  readonly weightSquares: number;
};

/** One run: its value and weight, or REJECTED. The same record may be used again by the next. */
export type Attempt = () => { readonly value: unknown; readonly weight: number } | typeof REJECTED;

/**
 * Collects attempts until `rule` says stop. Chunk i draws from the stream `random.split(i)`, so the result depends on the seed alone
 * unless time ends it.
 */
export function collect(
  running: RunningProgram,
  random: Random,
  attempt: Attempt,
  rule: StopRule,
  host: ProgramHost,
): SamplingResult {
  const tally = createTally();
  const { draws } = running.runtime;
  let executions = 0;
  let accepted = 0;
  let weightSum = 0;
  let weightSquares = 0;
  let reason: StopReason | undefined;
  let reportedAt = rule.startedAt;
  const look = (): void => {
    if (host.control?.signal?.aborted) throw new CancelledError('infer');
    const now = rule.now();
    if (!host.control?.onProgress || now - reportedAt < PROGRESS_SECONDS) return;
    reportedAt = now;
    host.control.onProgress({
      stage: 'infer',
      done: accepted,
      unit: 'accepted runs',
      figures: { executions, mcse: tally.worstError() },
    });
  };
  for (let chunk = 0; reason === undefined; chunk++) {
    draws.reseed(random.split(chunk));
    for (let i = 0; i < CHUNK && reason === undefined && executions < rule.maxExecutions; i++) {
      const result = attempt();
      executions++;
      if (result !== REJECTED) {
        accepted++;
        weightSum += result.weight;
        weightSquares += result.weight * result.weight;
        try {
          tally.add(result.value, result.weight);
        } catch (error) {
          throw running.explain(error);
        }
        if (rule.samples !== undefined && accepted >= rule.samples) reason = 'samples';
      }
      if (i % LOOK_EVERY === 0) {
        look();
        if (isOutOfTime(rule)) reason = 'time';
      }
    }
    reason ??= reasonToStop(rule, { executions, accepted, worstError: tally.worstError });
  }
  return { tally, executions, accepted, reason, weightSum, weightSquares };
}
