/**
 * Language jobs: many pieces of work that each ask a language model, some at a time, each finished once. A finished job's result is in the
 * queue with what it was made from; the same job with the same inputs is not done again, however the last run ended.
 */

import { CancelledError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Asker } from '../language/asker.ts';
import { CallFailed } from '../language/asker.ts';
import type { LanguageQueue } from '../store/languageQueue.ts';

/** `inputs` identifies all that decides the result. Results are plain data. */
export type LanguageJob<Result> = {
  readonly id: string;
  readonly inputs: string;
  readonly work: (signal: AbortSignal) => Promise<Result>;
  /** The result where the service gave a question of this job up. */
  readonly givenUp: (reason: string) => Result;
};

export type LanguageJobsOptions<Result> = {
  readonly queue: LanguageQueue;
  readonly asker: Asker;
  readonly jobs: Iterable<LanguageJob<Result>> | AsyncIterable<LanguageJob<Result>>;
  readonly total: number;
  /** Jobs under way at any time. */
  readonly window: number;
  readonly stage: string;
  readonly isFailed: (result: Result) => boolean;
};

export type LanguageJobsSummary = { readonly finished: number; readonly failed: number; readonly alreadyDone: number };

/** Does what is not done yet. Rejects with what stops everything (a key, a cap, a disk, a cancellation); what is finished stays finished. */
export async function runLanguageJobs<Result>(
  options: LanguageJobsOptions<Result>,
  control: RunControl = {},
): Promise<LanguageJobsSummary> {
  const { queue, asker, total, window, stage } = options;
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(control.signal ? [control.signal] : [])]);
  const running = new Set<Promise<void>>();
  const counts = { finished: 0, failed: 0, alreadyDone: 0 };
  const report = (): void => {
    const { known, possible } = asker.spending();
    control.onProgress?.({
      stage,
      done: counts.finished + counts.alreadyDone,
      total,
      unit: 'jobs',
      figures: { failed: counts.failed, dollars: known + possible },
    });
  };
  const finish = async (job: LanguageJob<Result>): Promise<void> => {
    let result: Result;
    try {
      result = await job.work(signal);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      result = job.givenUp(error.message);
    }
    queue.finishJob({ id: job.id, inputs: job.inputs, result: JSON.stringify(result) });
    counts.finished++;
    if (options.isFailed(result)) counts.failed++;
    report();
  };
  let reason: unknown;
  const start = (job: LanguageJob<Result>): void => {
    const work: Promise<void> = finish(job)
      .catch((error: unknown) => {
        reason ??= error;
        failure.abort();
      })
      .finally(() => running.delete(work));
    running.add(work);
  };
  for await (const job of options.jobs) {
    if (signal.aborted) break;
    if (queue.jobOf(job.id)?.inputs === job.inputs) counts.alreadyDone++;
    else start(job);
    while (running.size >= window) await Promise.race(running);
  }
  await Promise.all(running);
  if (control.signal?.aborted) throw new CancelledError(stage);
  if (reason !== undefined) throw reason;
  report();
  return counts;
}
