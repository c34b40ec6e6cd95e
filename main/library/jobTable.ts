/**
 * The job table: long work with progress, pause and cancel, kept in the library's database so that it outlives the application. A job that
 * was running when the application ended is found `interrupted` at the next start and goes on when asked.
 */
import { CancelledError, formatError, UserError } from '../../shared/errors.ts';
import { type Job, type JobKind, type JobRequest, type JobState, jobSchema } from '../../shared/job.ts';
import type { Progress, RunControl } from '../../shared/progress.ts';
import type { WriteHandle } from '../store/database.ts';

/** What a job needs to run: its request, whether it begins again after a stop, and where to report. Resolves to one sentence on the outcome. */
export type RunJob = (request: JobRequest, isResumed: boolean, control: RunControl) => Promise<string>;

export type JobTableOptions = {
  readonly write: WriteHandle;
  readonly run: RunJob;
  /** One sentence on what a request is for. */
  readonly describe: (request: JobRequest) => string;
  readonly now: () => string;
  readonly onProgress: (jobId: string, progress: Progress) => void;
  readonly onChange: () => void;
};

export type JobTable = {
  /** All jobs, newest first. */
  list(): Job[];
  start(request: JobRequest): Job;
  /** Stops a job so that it can go on later. */
  pause(jobId: string): Job;
  resume(jobId: string): Job;
  /** Stops a job for good. */
  cancel(jobId: string): Job;
  /** Takes an ended job off the list. */
  dismiss(jobId: string): void;
  /** Resolves when the job has ended or was stopped; for tests and the end of the application. */
  settled(jobId: string): Promise<Job>;
  /** Interrupts what runs and waits for it. */
  close(): Promise<void>;
};

type Row = {
  readonly job_id: string;
  readonly request: string;
  readonly title: string;
  readonly state: string;
  readonly progress: string | null;
  readonly outcome: string | null;
  readonly problem: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
};
type Running = { readonly abort: AbortController; readonly done: Promise<void>; stopAs: JobState };

/** Jobs of one lane wait for each other: two trainings on one device would only slow each other down. */
const LANES: Readonly<Record<JobKind, 'programs' | 'transformers' | 'services' | 'exports'>> = {
  generate: 'programs',
  write: 'services',
  run: 'programs',
  dataset: 'programs',
  train: 'transformers',
  adapter: 'exports',
  evaluate: 'transformers',
  scenarios: 'exports',
  export: 'exports',
  simulate: 'programs',
  compare: 'transformers',
  benchmark: 'transformers',
};
/** Progress is kept in the database this often, so that a restart can say how far the job was. */
const KEEP_PROGRESS_MS = 1000;
const GOES_ON: readonly JobState[] = ['paused', 'interrupted', 'failed'];

const toJob = (row: Row): Job =>
  jobSchema.parse({
    jobId: row.job_id,
    request: JSON.parse(row.request),
    title: row.title,
    state: row.state,
    progress: row.progress === null ? null : JSON.parse(row.progress),
    outcome: row.outcome,
    problem: row.problem,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  });

/** The rows of the job table: every change of a job passes here. */
function createJobRows({ write, now, onChange }: Pick<JobTableOptions, 'write' | 'now' | 'onChange'>) {
  const read = (jobId: string): Job => {
    const row = write.get<Row>('SELECT * FROM job WHERE job_id = ?', jobId);
    if (!row) throw new UserError(`no job ${jobId}`, { hint: 'jobs.list names the jobs of this workspace' });
    return toJob(row);
  };
  const setState = (jobId: string, state: JobState, ending: { outcome?: string; problem?: string } = {}): Job => {
    const isEnd = state === 'done' || state === 'failed' || state === 'cancelled';
    write.run(
      'UPDATE job SET state = ?, outcome = ?, problem = ?, ended_at = ? WHERE job_id = ?',
      state,
      ending.outcome ?? null,
      ending.problem ?? null,
      isEnd ? now() : null,
      jobId,
    );
    onChange();
    return read(jobId);
  };
  return {
    read,
    setState,
    list: (): Job[] => write.all<Row>('SELECT * FROM job ORDER BY job_seq DESC').map(toJob),
    add(request: JobRequest, title: string): Job {
      const seq = (write.get<{ seq: number | null }>('SELECT max(job_seq) AS seq FROM job')?.seq ?? 0) + 1;
      const jobId = `${request.kind}-${seq}`;
      write.run(
        "INSERT INTO job (job_seq, job_id, request, title, state, started_at) VALUES (?, ?, ?, ?, 'queued', ?)",
        seq,
        jobId,
        JSON.stringify(request),
        title,
        now(),
      );
      onChange();
      return read(jobId);
    },
    keepProgress: (jobId: string, progress: Progress): void =>
      void write.run('UPDATE job SET progress = ? WHERE job_id = ?', JSON.stringify(progress), jobId),
    interruptRunning: (): void =>
      void write.run("UPDATE job SET state = 'interrupted' WHERE state IN ('queued', 'running')"),
    /** Keeps the newest row for its number: ids are never given twice. */
    dismiss(jobId: string): void {
      write.run('DELETE FROM job WHERE job_id = ?', jobId);
      onChange();
    },
  };
}

/** The table over the library's database; jobs that ran when it was last closed or killed are `interrupted`. */
export function createJobTable(options: JobTableOptions): JobTable {
  const rows = createJobRows(options);
  rows.interruptRunning();
  const running = new Map<string, Running>();
  const lanes = new Map<string, Promise<void>>();

  const work = async (jobId: string, isResumed: boolean, abort: AbortController): Promise<void> => {
    let keptAt = Number.NEGATIVE_INFINITY;
    let last: Progress | undefined;
    const onProgress = (progress: Progress): void => {
      last = progress;
      options.onProgress(jobId, progress);
      if (performance.now() - keptAt < KEEP_PROGRESS_MS) return;
      keptAt = performance.now();
      rows.keepProgress(jobId, progress);
    };
    const end = (state: JobState, ending: { outcome?: string; problem?: string } = {}): void => {
      if (last) rows.keepProgress(jobId, last);
      rows.setState(jobId, state, ending);
    };
    try {
      abort.signal.throwIfAborted();
      const { request } = rows.setState(jobId, 'running');
      const outcome = await options.run(request, isResumed, { onProgress, signal: abort.signal });
      end('done', { outcome });
    } catch (error) {
      const stopAs = running.get(jobId)?.stopAs;
      if (abort.signal.aborted || error instanceof CancelledError) end(stopAs ?? 'cancelled');
      else end('failed', { problem: formatError(error) });
    } finally {
      running.delete(jobId);
    }
  };
  const enqueue = (job: Job, isResumed: boolean): Job => {
    const lane = LANES[job.request.kind];
    const abort = new AbortController();
    const done = (lanes.get(lane) ?? Promise.resolve()).then(() => work(job.jobId, isResumed, abort));
    running.set(job.jobId, { abort, done, stopAs: 'cancelled' });
    lanes.set(lane, done);
    return job;
  };
  const stop = (jobId: string, stopAs: JobState): Job => {
    const entry = running.get(jobId);
    if (entry) {
      entry.stopAs = stopAs;
      entry.abort.abort();
      return rows.read(jobId);
    }
    const { state } = rows.read(jobId);
    return stopAs === 'cancelled' && GOES_ON.includes(state) ? rows.setState(jobId, 'cancelled') : rows.read(jobId);
  };
  return {
    list: rows.list,
    start: (request) => enqueue(rows.add(request, options.describe(request)), false),
    pause: (jobId) => stop(jobId, 'paused'),
    resume(jobId) {
      const { state } = rows.read(jobId);
      if (!GOES_ON.includes(state))
        throw new UserError(`job ${jobId} is ${state}: only a paused, interrupted or failed job can go on`);
      return enqueue(rows.setState(jobId, 'queued'), true);
    },
    cancel: (jobId) => stop(jobId, 'cancelled'),
    dismiss(jobId) {
      const { state } = rows.read(jobId);
      if (running.has(jobId)) throw new UserError(`job ${jobId} is ${state}: cancel it before taking it off the list`);
      rows.dismiss(jobId);
    },
    async settled(jobId) {
      await running.get(jobId)?.done;
      return rows.read(jobId);
    },
    async close() {
      const all = [...running.values()];
      for (const entry of all) {
        entry.stopAs = 'interrupted';
        entry.abort.abort();
      }
      await Promise.all(all.map(({ done }) => done));
    },
  };
}
