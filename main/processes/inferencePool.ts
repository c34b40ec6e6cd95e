/**
 * A pool of inference processes: each runs one program at a time, is watched from outside, and is killed and replaced on any fault, overrun or
 * cancellation. Programs wait in one queue and idle workers take the next, so no worker waits while there is work.
 */
import { createHash } from 'node:crypto';
import { CancelledError, errorFromData, InternalError } from '../../shared/errors.ts';
import type { InferOptions, Posterior } from '../../shared/posterior.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';
import { type InferenceProcess, type StartInference, startInferenceChild } from './inferenceProcess.ts';
import { isMemoryCause, memoryError, replySchema, timeError } from './inferenceReplies.ts';

export type InferenceJob = { readonly source: string; readonly file?: string; readonly options: InferOptions };

export type InferencePool = {
  /**
   * The posterior of a program. Throws UserError for a fault of the program or a limit it reached, CancelledError when `control.signal`
   * is aborted, InternalError for a fault of ours.
   */
  readonly run: (job: InferenceJob, control?: RunControl) => Promise<Posterior>;
  /** Ends all processes; what still runs or waits is cancelled. */
  readonly stop: () => Promise<void>;
};

export type InferencePoolOptions = {
  /** How many processes; one per core is right. */
  readonly workers: number;
  /** Resident memory a process may take before it is killed. */
  readonly maxBytes?: number;
  /** Seconds a program may take when its own options set no limit. */
  readonly maxSeconds?: number;
  readonly engineVersion?: string;
  /** What the processes are; children of Node if absent. */
  readonly startProcess?: StartInference;
};

const DEFAULT_MAX_BYTES = 1.5 * 2 ** 30;
const DEFAULT_MAX_SECONDS = 600;
/** Time beyond a program's own limit in which it may still answer by itself. */
const GRACE_SECONDS = 1;
const WATCH_MS = 100;
/** Programs after which a process is replaced, so that nothing piles up. */
const PROGRAMS_PER_PROCESS = 200;

type Task = {
  readonly id: number;
  readonly job: InferenceJob;
  readonly control: RunControl | undefined;
  readonly resolve: (posterior: Posterior) => void;
  readonly reject: (error: Error) => void;
  readonly onAbort: () => void;
};

type Worker = { process: InferenceProcess | undefined; task: Task | undefined; served: number; deadline: number };

type Pool = {
  readonly options: InferencePoolOptions;
  readonly start: StartInference;
  readonly workers: readonly Worker[];
  readonly queue: Task[];
  watch: NodeJS.Timeout | undefined;
};

const maxBytesOf = ({ options }: Pool): number => options.maxBytes ?? DEFAULT_MAX_BYTES;
const secondsFor = ({ options }: Pool, job: InferenceJob): number =>
  job.options.maxSeconds ?? options.maxSeconds ?? DEFAULT_MAX_SECONDS;
const bytesOf = ({ process }: Worker): number => process?.bytes() ?? 0;
const hashOf = (source: string): string => createHash('sha256').update(source).digest('hex');

/** Parts a worker from its task, which `settle` answers. */
function finish(worker: Worker, settle: (task: Task) => void): void {
  const { task } = worker;
  worker.task = undefined;
  if (!task) return;
  task.control?.signal?.removeEventListener('abort', task.onAbort);
  settle(task);
}

/** Ends a worker's process; the next program gets a new one. */
function retire(worker: Worker): void {
  const { process } = worker;
  worker.process = undefined;
  worker.served = 0;
  process?.kill();
}

function fail(pool: Pool, worker: Worker, error: Error): void {
  retire(worker);
  finish(worker, (task) => task.reject(error));
  assignTasks(pool);
}

/** What earlier programs left behind must not decide: a process that has served before is replaced and the program begun anew. */
function failForMemory(pool: Pool, worker: Worker, cause: string): void {
  const { task, served } = worker;
  if (!task || served === 0) {
    fail(pool, worker, memoryError(task?.job.file, cause));
    return;
  }
  retire(worker);
  worker.task = undefined;
  pool.queue.unshift(task);
  assignTasks(pool);
}

function settle(
  { options }: Pool,
  task: Task,
  reply: Extract<InferenceReply, { readonly kind: 'result' | 'error' }>,
): void {
  if (reply.kind === 'error') task.reject(errorFromData(reply.error));
  else if (reply.posterior.programHash !== hashOf(task.job.source))
    task.reject(new InternalError('an inference process answered for another program'));
  else {
    const { engineVersion } = options;
    task.resolve(engineVersion === undefined ? reply.posterior : { ...reply.posterior, engineVersion });
  }
}

function receive(pool: Pool, worker: Worker, message: unknown): void {
  const parsed = replySchema.safeParse(message);
  if (!parsed.success) {
    fail(pool, worker, new InternalError('an inference process answered something else than an answer'));
    return;
  }
  const reply = parsed.data;
  if (!worker.task || reply.kind === 'ready' || reply.id !== worker.task.id) return;
  if (reply.kind === 'progress') {
    worker.task.control?.onProgress?.(reply.progress);
    return;
  }
  finish(worker, (task) => settle(pool, task, reply));
  worker.served++;
  if (worker.served >= PROGRAMS_PER_PROCESS || bytesOf(worker) > maxBytesOf(pool) / 3) retire(worker);
  assignTasks(pool);
}

function startProcess(pool: Pool, worker: Worker): InferenceProcess {
  const process = pool.start();
  process.onMessage((message) => {
    if (worker.process === process) receive(pool, worker, message);
  });
  process.onExit((cause) => {
    if (worker.process !== process) return;
    if (isMemoryCause(cause)) failForMemory(pool, worker, cause);
    else fail(pool, worker, new InternalError(`an inference process ended (${cause})`));
  });
  worker.process = process;
  return process;
}

/** Ends what takes too long or too much. */
function watchWorkers(pool: Pool): void {
  for (const worker of pool.workers) {
    if (!worker.task || !worker.process) continue;
    const { job } = worker.task;
    if (performance.now() > worker.deadline) fail(pool, worker, timeError(job.file, secondsFor(pool, job)));
    else if (bytesOf(worker) > maxBytesOf(pool)) failForMemory(pool, worker, 'too much memory');
  }
  if (pool.workers.every((worker) => !worker.task)) stopWatch(pool);
}

function stopWatch(pool: Pool): void {
  clearInterval(pool.watch);
  pool.watch = undefined;
}

/** Gives waiting programs to idle workers. */
function assignTasks(pool: Pool): void {
  for (const worker of pool.workers) {
    if (worker.task) continue;
    const task = pool.queue.shift();
    if (!task) return;
    const { id, job } = task;
    worker.task = task;
    worker.deadline = performance.now() + 1000 * (secondsFor(pool, job) + GRACE_SECONDS);
    const request: InferenceRequest = { id, source: job.source, file: job.file, options: job.options };
    (worker.process ?? startProcess(pool, worker)).send(request);
    pool.watch ??= setInterval(() => watchWorkers(pool), WATCH_MS);
  }
}

function cancel(pool: Pool, task: Task): void {
  const waiting = pool.queue.indexOf(task);
  if (waiting >= 0) pool.queue.splice(waiting, 1);
  const worker = pool.workers.find((candidate) => candidate.task === task);
  if (worker) fail(pool, worker, new CancelledError('infer'));
  else task.reject(new CancelledError('infer'));
}

/** A pool; processes start when there is work. */
export function createInferencePool(options: InferencePoolOptions): InferencePool {
  const pool: Pool = {
    options,
    start: options.startProcess ?? (() => startInferenceChild()),
    workers: Array.from({ length: Math.max(1, options.workers) }, () => ({
      process: undefined,
      task: undefined,
      served: 0,
      deadline: 0,
    })),
    queue: [],
    watch: undefined,
  };
  let lastId = 0;
  const run = (job: InferenceJob, control?: RunControl): Promise<Posterior> =>
    new Promise((resolve, reject) => {
      if (control?.signal?.aborted) return reject(new CancelledError('infer'));
      const task: Task = { id: ++lastId, job, control, resolve, reject, onAbort: () => cancel(pool, task) };
      control?.signal?.addEventListener('abort', task.onAbort, { once: true });
      pool.queue.push(task);
      assignTasks(pool);
    });
  const stop = async (): Promise<void> => {
    stopWatch(pool);
    for (const task of pool.queue.splice(0)) task.reject(new CancelledError('infer'));
    for (const worker of pool.workers) {
      retire(worker);
      finish(worker, (task) => task.reject(new CancelledError('infer')));
    }
  };
  return { run, stop };
}
