/**
 * A pool of inference processes: each runs one program at a time, is watched from outside, and is killed and replaced on any fault, overrun or
 * cancellation. Programs wait in one queue and idle workers take the next, so no worker waits while there is work.
 */
import { createHash } from 'node:crypto';
import { CancelledError, errorFromData, InternalError } from '../../shared/errors.ts';
import type { InferOptions, Posterior, QueryPosterior } from '../../shared/posterior.ts';
import type { EvidenceState, ProgramCheck } from '../../shared/programCheck.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';
import { type InferenceProcess, type StartInference, startInferenceChild } from './inferenceProcess.ts';
import { isMemoryCause, memoryError, replySchema, timeError } from './inferenceReplies.ts';

export type InferenceJob = {
  readonly source: string;
  readonly file?: string;
  readonly options: InferOptions;
  /** What becomes of the observations of a program that writes each as a statement of its own; they stand if absent. */
  readonly evidence?: readonly EvidenceState[];
};

/** How to run the prior beside the posterior. */
export type PriorOptions = Omit<InferOptions, 'method'>;

/** Beside progress, what the queries look like so far. */
export type InferenceControl = RunControl & {
  readonly onSketch?: (queries: Readonly<Record<string, QueryPosterior>>) => void;
};

export type InferencePool = {
  /**
   * The posterior of a program. Throws UserError for a fault of the program or a limit it reached, CancelledError when `control.signal`
   * is aborted, InternalError for a fault of ours.
   */
  readonly run: (job: InferenceJob, control?: InferenceControl) => Promise<Posterior>;
  /** The posterior and the prior of a program, each the same as by `run` with its options, at little more than the price of one. */
  readonly runWithPrior: (
    job: InferenceJob & { readonly prior: PriorOptions },
    control?: InferenceControl,
  ) => Promise<{ readonly posterior: Posterior; readonly prior: Posterior }>;
  /** What is wrong with a program and what evidence it has, read without running it. Throws as `run`, but for faults of the program. */
  readonly check: (source: string, control?: RunControl) => Promise<ProgramCheck>;
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
  /** Whether its processes give way to the host; they do not unless told. */
  readonly isBackground?: boolean;
  /** What the processes are; children of Node if absent. */
  readonly startProcess?: StartInference;
  /** Keeps a process ready at every place, from the beginning and after a cancellation: for somebody who waits. */
  readonly isWarm?: boolean;
};

const DEFAULT_MAX_BYTES = 1.5 * 2 ** 30;
const DEFAULT_MAX_SECONDS = 600;
/** Reading the longest program takes a fraction of it. */
const CHECK_SECONDS = 10;
/** Time beyond a program's own limit in which it may still answer by itself. */
const GRACE_SECONDS = 1;
const WATCH_MS = 100;
/** Programs after which a process is replaced, so that nothing piles up. */
const PROGRAMS_PER_PROCESS = 200;

/** What ends a task well. */
type Answer = Extract<InferenceReply, { readonly kind: 'result' | 'checked' }>;

type Task = {
  readonly request: InferenceRequest;
  readonly control: InferenceControl | undefined;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly onAbort: () => void;
  /** Whether a process was ended from outside while it ran this: then it is begun anew, once. */
  wasKilled: boolean;
};

type Worker = { process: InferenceProcess | undefined; task: Task | undefined; served: number; deadline: number };

type Pool = {
  readonly options: InferencePoolOptions;
  readonly start: StartInference;
  readonly workers: readonly Worker[];
  readonly queue: Task[];
  watch: NodeJS.Timeout | undefined;
  lastId: number;
};

const maxBytesOf = ({ options }: Pool): number => options.maxBytes ?? DEFAULT_MAX_BYTES;
const secondsFor = ({ options }: Pool, request: InferenceRequest): number =>
  (request.kind === 'run' ? request.options.maxSeconds : CHECK_SECONDS) ?? options.maxSeconds ?? DEFAULT_MAX_SECONDS;
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
    fail(pool, worker, memoryError(task?.request.file, cause));
    return;
  }
  beginAnew(pool, worker, task);
}

/** Gives a worker's program to a new process, before all that wait. */
function beginAnew(pool: Pool, worker: Worker, task: Task): void {
  retire(worker);
  worker.task = undefined;
  pool.queue.unshift(task);
  assignTasks(pool);
}

/** What a process's end means for its program: neither the program nor the pool is at fault when somebody else ended it. */
function noteEnd(pool: Pool, worker: Worker, cause: string): void {
  const { task } = worker;
  if (task && !task.wasKilled && (cause === 'SIGKILL' || cause === 'SIGTERM')) {
    task.wasKilled = true;
    beginAnew(pool, worker, task);
  } else if (isMemoryCause(cause)) failForMemory(pool, worker, cause);
  else fail(pool, worker, new InternalError(`an inference process ended (${cause})`));
}

function settle(task: Task, reply: Answer | Extract<InferenceReply, { readonly kind: 'error' }>): void {
  if (reply.kind === 'error') task.reject(errorFromData(reply.error));
  else if (reply.kind === 'result' && reply.posterior.programHash !== hashOf(task.request.source))
    task.reject(new InternalError('an inference process answered for another program'));
  else task.resolve(reply);
}

function receive(pool: Pool, worker: Worker, message: unknown): void {
  const parsed = replySchema.safeParse(message);
  if (!parsed.success) {
    fail(pool, worker, new InternalError('an inference process answered something else than an answer'));
    return;
  }
  const reply = parsed.data;
  if (!worker.task || reply.kind === 'ready' || reply.id !== worker.task.request.id) return;
  if (reply.kind === 'progress') {
    worker.task.control?.onProgress?.(reply.progress);
    return;
  }
  if (reply.kind === 'sketch') {
    worker.task.control?.onSketch?.(reply.queries);
    return;
  }
  finish(worker, (task) => settle(task, reply));
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
    if (worker.process === process) noteEnd(pool, worker, cause);
  });
  if (pool.options.isBackground) process.putInBackground();
  worker.process = process;
  return process;
}

/** Ends what takes too long or too much. */
function watchWorkers(pool: Pool): void {
  for (const worker of pool.workers) {
    if (!worker.task || !worker.process) continue;
    const { request } = worker.task;
    if (performance.now() > worker.deadline) fail(pool, worker, timeError(request.file, secondsFor(pool, request)));
    else if (bytesOf(worker) > maxBytesOf(pool)) failForMemory(pool, worker, 'too much memory');
  }
  if (pool.workers.every((worker) => !worker.task)) stopWatch(pool);
}

function stopWatch(pool: Pool): void {
  clearInterval(pool.watch);
  pool.watch = undefined;
}

/** The idle worker to work next: one whose process is there before one that has to start it. */
function nextIdle({ workers }: Pool): Worker | undefined {
  const idle = workers.filter(({ task }) => !task);
  return idle.find(({ process }) => process) ?? idle[0];
}

/** Gives waiting programs to idle workers. */
function assignTasks(pool: Pool): void {
  for (;;) {
    const worker = pool.queue.length > 0 ? nextIdle(pool) : undefined;
    const task = worker && pool.queue.shift();
    if (!worker || !task) return;
    worker.task = task;
    worker.deadline = performance.now() + 1000 * (secondsFor(pool, task.request) + GRACE_SECONDS);
    (worker.process ?? startProcess(pool, worker)).send(task.request);
    pool.watch ??= setInterval(() => watchWorkers(pool), WATCH_MS);
  }
}

function cancel(pool: Pool, task: Task): void {
  const waiting = pool.queue.indexOf(task);
  if (waiting >= 0) pool.queue.splice(waiting, 1);
  const worker = pool.workers.find((candidate) => candidate.task === task);
  if (!worker) {
    task.reject(new CancelledError('infer'));
    return;
  }
  fail(pool, worker, new CancelledError('infer'));
  if (pool.options.isWarm) warmUp(pool);
}

/** Starts the processes that are missing. */
function warmUp(pool: Pool): void {
  for (const worker of pool.workers) if (!worker.process) startProcess(pool, worker);
}

/** Queues a request; resolves with its answer. */
const enqueue = (pool: Pool, request: InferenceRequest, control: InferenceControl | undefined): Promise<Answer> =>
  new Promise((resolve, reject) => {
    if (control?.signal?.aborted) return reject(new CancelledError('infer'));
    const task: Task = { request, control, resolve, reject, onAbort: () => cancel(pool, task), wasKilled: false };
    control?.signal?.addEventListener('abort', task.onAbort, { once: true });
    pool.queue.push(task);
    assignTasks(pool);
  });

const mixedUp = (): InternalError => new InternalError('an inference process answered something else than was asked');

const createPool = (options: InferencePoolOptions): Pool => ({
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
  lastId: 0,
});

/** Runs a program, and its prior where `prior` says how. */
async function runJob(
  pool: Pool,
  { source, file, options, evidence }: InferenceJob,
  prior: PriorOptions | undefined,
  control: InferenceControl | undefined,
): Promise<Extract<Answer, { readonly kind: 'result' }>> {
  const request = { id: ++pool.lastId, kind: 'run', source, file, options, evidence, prior } as const;
  const answer = await enqueue(pool, request, control);
  if (answer.kind !== 'result') throw mixedUp();
  return answer;
}

async function checkProgram(pool: Pool, source: string, control: RunControl | undefined): Promise<ProgramCheck> {
  const answer = await enqueue(pool, { id: ++pool.lastId, kind: 'check', source, file: undefined }, control);
  if (answer.kind !== 'checked') throw mixedUp();
  return answer.check;
}

function stopPool(pool: Pool): void {
  stopWatch(pool);
  for (const task of pool.queue.splice(0)) task.reject(new CancelledError('infer'));
  for (const worker of pool.workers) {
    retire(worker);
    finish(worker, (task) => task.reject(new CancelledError('infer')));
  }
}

/** A pool; processes start when there is work. */
export function createInferencePool(options: InferencePoolOptions): InferencePool {
  const pool = createPool(options);
  if (options.isWarm) warmUp(pool);
  const { engineVersion } = options;
  const named = (posterior: Posterior): Posterior =>
    engineVersion === undefined ? posterior : { ...posterior, engineVersion };
  return {
    run: async (job, control) => named((await runJob(pool, job, undefined, control)).posterior),
    runWithPrior: async ({ prior: how, ...job }, control) => {
      const { posterior, prior } = await runJob(pool, job, how, control);
      if (!prior) throw mixedUp();
      return { posterior: named(posterior), prior: named(prior) };
    },
    check: (source, control) => checkProgram(pool, source, control),
    stop: async () => stopPool(pool),
  };
}
