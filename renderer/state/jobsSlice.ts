/** The jobs of the workspace, with the progress that events bring. */
import type { StateCreator } from 'zustand';
import type { Job, JobRequest } from '../../shared/job.ts';
import type { Progress } from '../../shared/progress.ts';
import { call } from '../api.ts';
import { failed, LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

type JobAct = 'jobs.pause' | 'jobs.resume' | 'jobs.cancel' | 'jobs.dismiss';

export type JobsSlice = {
  readonly jobs: Loadable<readonly Job[]>;
  /** The last progress that events brought, by job. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** Why the last start or act on a job failed; null when it did not. */
  readonly jobProblem: string | null;
  loadJobs(): Promise<void>;
  /** Starts a job; gives it, or null where it was refused (see `jobProblem`). */
  startJob(request: JobRequest): Promise<Job | null>;
  actOnJob(act: JobAct, jobId: string): Promise<void>;
  noteProgress(jobId: string, progress: Progress): void;
};

export const createJobsSlice: StateCreator<ResearcherState, [], [], JobsSlice> = (set, get) => {
  const explain = (error: unknown): void => {
    const state = failed(error);
    set({ jobProblem: state.status === 'failed' ? `${state.message}${state.hint ? ` ${state.hint}` : ''}` : null });
  };
  return {
    jobs: LOADING,
    progress: {},
    jobProblem: null,
    async loadJobs() {
      set({ jobs: await settle(call('jobs.list', {})) });
    },
    async startJob(request) {
      try {
        const job = await call('jobs.start', request);
        set({ jobProblem: null });
        await get().loadJobs();
        return job;
      } catch (error) {
        explain(error);
        return null;
      }
    },
    async actOnJob(act, jobId) {
      try {
        await call(act, { jobId });
        set({ jobProblem: null });
      } catch (error) {
        explain(error);
      }
      await get().loadJobs();
    },
    noteProgress: (jobId, progress) => set({ progress: { ...get().progress, [jobId]: progress } }),
  };
};
