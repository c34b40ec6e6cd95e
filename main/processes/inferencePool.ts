/**
 * A pool of inference processes: each runs one program at a time, is watched from outside, and is killed and replaced on any fault, overrun or
 * cancellation. Programs wait in one queue and idle workers take the next, so no worker waits while there is work.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { CancelledError, errorFromData, InternalError } from '../../shared/errors.ts';
import type { InferOptions, Posterior } from '../../shared/posterior.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { ChildHandle } from './childHandle.ts';
import { ENGINE_FLAGS } from './engineFlags.ts';
import type { InferenceRequest } from './inferenceMessages.ts';
import { isMemoryCause, memoryError, replySchema, timeError } from './inferenceReplies.ts';
import { residentBytes } from './memoryUse.ts';
import { codeFolder, entryFile, packageFolders, spawnProcess } from './spawn.ts';

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
  /** The entry file of the processes; another one only to test a layer by itself. */
  readonly entry?: string;
  /** Starts one process that answers `InferenceRequest`s with `InferenceReply`s; `startInference` unless told. */
  readonly startProcess?: (entry: string) => ChildHandle;
};

const HEAP_MEGABYTES = 1024;
const DEFAULT_MAX_BYTES = 1.5 * 2 ** 30;
const DEFAULT_MAX_SECONDS = 600;
/** Time beyond a program's own limit in which it may still answer by itself. */
const GRACE_SECONDS = 1;
const WATCH_MS = 100;
/** Programs after which a process is replaced, so that nothing piles up. */
const PROGRAMS_PER_PROCESS = 50;

type Task = {
  readonly id: number;
  readonly job: InferenceJob;
  readonly control: RunControl | undefined;
  readonly resolve: (posterior: Posterior) => void;
  readonly reject: (error: Error) => void;
  readonly onAbort: () => void;
};

type Worker = { child: ChildHandle | undefined; task: Task | undefined; served: number; deadline: number };

/** The flags of layer 4: read only our own code, start nothing, make no code from strings, bounded heap. */
const processFlags = (): string[] => [
  '--permission',
  // Resolving links would read the folders above, which is not allowed.
  '--preserve-symlinks',
  '--preserve-symlinks-main',
  `--allow-fs-read=${join(codeFolder(), '/')}`,
  // Node looks here for the kind of the modules when they run from dist.
  `--allow-fs-read=${join(dirname(codeFolder()), 'package.json')}`,
  ...packageFolders('acorn').map((folder) => `--allow-fs-read=${folder}`),
  '--disallow-code-generation-from-strings',
  `--max-old-space-size=${HEAP_MEGABYTES}`,
  '--no-warnings',
  ...ENGINE_FLAGS,
];

/** Starts an inference process: a child of ours under the flags of layer 4. */
export const startInference = (entry: string): ChildHandle =>
  spawnProcess(entry, { nodeFlags: processFlags(), env: {}, stderr: 'ignore' });

/** A pool; processes start when there is work. */
export function createInferencePool(options: InferencePoolOptions): InferencePool {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const workers: Worker[] = Array.from({ length: Math.max(1, options.workers) }, () => ({
    child: undefined,
    task: undefined,
    served: 0,
    deadline: 0,
  }));
  const secondsFor = (job: InferenceJob): number => job.options.maxSeconds ?? options.maxSeconds ?? DEFAULT_MAX_SECONDS;
  const queue: Task[] = [];
  let lastId = 0;
  let watch: NodeJS.Timeout | undefined;

  const finish = (worker: Worker, settle: (task: Task) => void): void => {
    const { task } = worker;
    worker.task = undefined;
    if (!task) return;
    task.control?.signal?.removeEventListener('abort', task.onAbort);
    settle(task);
  };
  const retire = (worker: Worker): void => {
    const { child } = worker;
    worker.child = undefined;
    worker.served = 0;
    child?.kill();
  };
  const fail = (worker: Worker, error: Error): void => {
    retire(worker);
    finish(worker, (task) => task.reject(error));
    next();
  };
  // What earlier programs left behind must not decide: a process that has served before is replaced and the program begun anew.
  const failForMemory = (worker: Worker, cause: string): void => {
    const { task, served } = worker;
    if (!task || served === 0) fail(worker, memoryError(task?.job.file, cause));
    else {
      retire(worker);
      worker.task = undefined;
      queue.unshift(task);
      next();
    }
  };
  const receive = (worker: Worker, child: ChildHandle, message: unknown): void => {
    if (worker.child !== child) return;
    const parsed = replySchema.safeParse(message);
    if (!parsed.success) {
      fail(worker, new InternalError('an inference process answered something else than an answer'));
      return;
    }
    const reply = parsed.data;
    if (!worker.task || reply.kind === 'ready' || reply.id !== worker.task.id) return;
    if (reply.kind === 'progress') {
      worker.task.control?.onProgress?.(reply.progress);
      return;
    }
    finish(worker, (task) => {
      if (reply.kind === 'error') task.reject(errorFromData(reply.error));
      else if (reply.posterior.programHash !== hashOf(task.job.source))
        task.reject(new InternalError('an inference process answered for another program'));
      else
        task.resolve(
          options.engineVersion === undefined
            ? reply.posterior
            : { ...reply.posterior, engineVersion: options.engineVersion },
        );
    });
    worker.served++;
    if (worker.served >= PROGRAMS_PER_PROCESS || bytesOf(worker) > maxBytes / 3) retire(worker);
    next();
  };
  const start = (worker: Worker): ChildHandle => {
    const child = (options.startProcess ?? startInference)(options.entry ?? entryFile('inference'));
    child.onMessage((message) => receive(worker, child, message));
    child.onExit((cause) => {
      if (worker.child !== child) return;
      if (isMemoryCause(cause)) failForMemory(worker, cause);
      else fail(worker, new InternalError(`an inference process ended (${cause})`));
    });
    worker.child = child;
    return child;
  };
  const look = (): void => {
    for (const worker of workers) {
      if (!worker.task || !worker.child) continue;
      if (performance.now() > worker.deadline)
        fail(worker, timeError(worker.task.job.file, secondsFor(worker.task.job)));
      else if (bytesOf(worker) > maxBytes) failForMemory(worker, 'too much memory');
    }
    if (workers.every((worker) => !worker.task)) {
      clearInterval(watch);
      watch = undefined;
    }
  };
  const next = (): void => {
    for (const worker of workers) {
      if (worker.task || queue.length === 0) continue;
      const task = queue.shift();
      if (!task) return;
      worker.task = task;
      worker.deadline = performance.now() + 1000 * (secondsFor(task.job) + GRACE_SECONDS);
      const request: InferenceRequest = {
        id: task.id,
        source: task.job.source,
        file: task.job.file,
        options: task.job.options,
      };
      (worker.child ?? start(worker)).send(request);
      watch ??= setInterval(look, WATCH_MS);
    }
  };
  const cancel = (task: Task): void => {
    const waiting = queue.indexOf(task);
    if (waiting >= 0) queue.splice(waiting, 1);
    const worker = workers.find((candidate) => candidate.task === task);
    if (worker) fail(worker, new CancelledError('infer'));
    else task.reject(new CancelledError('infer'));
  };
  const run = (job: InferenceJob, control?: RunControl): Promise<Posterior> =>
    new Promise((resolve, reject) => {
      if (control?.signal?.aborted) return reject(new CancelledError('infer'));
      const task: Task = { id: ++lastId, job, control, resolve, reject, onAbort: () => cancel(task) };
      control?.signal?.addEventListener('abort', task.onAbort, { once: true });
      queue.push(task);
      next();
    });
  const stop = async (): Promise<void> => {
    clearInterval(watch);
    watch = undefined;
    for (const task of queue.splice(0)) task.reject(new CancelledError('infer'));
    for (const worker of workers) {
      retire(worker);
      finish(worker, (task) => task.reject(new CancelledError('infer')));
    }
  };
  return { run, stop };
}

/** Resident bytes of a worker's process; 0 where they are not to be had. */
const bytesOf = ({ child }: Worker): number => (child?.pid === undefined ? 0 : (residentBytes(child.pid) ?? 0));

const hashOf = (source: string): string => createHash('sha256').update(source).digest('hex');
