/** The visit: signing in, and what the application says of itself. */
import type { StateCreator } from 'zustand';
import type { HostEvent, ProcedureOutput } from '../../shared/api.ts';
import { call, enter } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type VisitSlice = {
  readonly info: Loadable<ProcedureOutput<'app.info'>>;
  /** Signs in where that is needed, then loads everything the home screen shows. */
  start(): Promise<void>;
};

const RETRY_MS = 2000;

/** Loads anew what an event says has changed. */
async function hear(event: HostEvent, get: () => ResearcherState): Promise<void> {
  switch (event.name) {
    case 'studies.changed':
      await Promise.all([get().loadStudies(), get().loadReports(), get().loadOpenSessions()]);
      break;
    case 'stations.changed':
      await get().loadLan();
      break;
    case 'library.changed':
      await get().loadLibrary();
      break;
    case 'drafts.changed':
      await get().loadDrafts();
      break;
    case 'jobs.changed':
      await Promise.all([get().loadJobs(), get().loadWorkbench(), get().loadComparisons()]);
      break;
    case 'jobs.progress':
      get().noteProgress(event.payload.jobId, event.payload.progress);
      break;
    case 'programs.sketch':
      get().noteSketch(event.payload.runId, event.payload.queries);
      break;
    default:
      event satisfies never;
  }
}

/** Keeps the lists up to date for as long as the page is open; while the host cannot be reached it asks again every 2 s. */
async function follow(get: () => ResearcherState): Promise<never> {
  for (let after = -1; ; ) {
    try {
      const { last, events } = await call('events.next', { after });
      after = last;
      await Promise.all(events.map((event) => hear(event, get)));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

export const createVisitSlice: StateCreator<ResearcherState, [], [], VisitSlice> = (set, get) => {
  let isFollowing = false;
  return {
    info: LOADING,
    async start() {
      set({ info: LOADING });
      const info = await settle(enter().then(() => call('app.info', {})));
      set({ info });
      if (info.status !== 'ready') return;
      get().followAddress();
      const { loadStudies, loadReports, loadLibrary, loadJobs, loadWorkbench, loadDrafts, loadComparisons } = get();
      await Promise.all([
        loadStudies(),
        loadReports(),
        loadLibrary(),
        loadJobs(),
        loadWorkbench(),
        loadDrafts(),
        loadComparisons(),
      ]);
      if (isFollowing) return;
      isFollowing = true;
      void follow(get);
    },
  };
};
