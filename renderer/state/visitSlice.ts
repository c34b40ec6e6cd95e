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

type Load = () => Promise<unknown>;

/** Runs loads one at a time for each name: what is asked for while it runs is done once more at its end. */
function createLoader(): (name: string, load: Load) => Promise<void> {
  const waiting = new Map<string, Load | null>();
  return async (name, load) => {
    if (waiting.has(name)) {
      waiting.set(name, load);
      return;
    }
    for (let next: Load | null | undefined = load; next; next = waiting.get(name)) {
      waiting.set(name, null);
      await next();
    }
    waiting.delete(name);
  };
}

type Loads = {
  readonly load: ReturnType<typeof createLoader>;
  readonly seldom: ReturnType<typeof createSeldom>;
};

/** A run that trains is read anew this often: its steps, its best, that it is there at all. */
const RUNS_MS = 2000;

/** Lets `load` through when it was not let through for `ms`. */
function createSeldom(ms: number): (load: () => void) => void {
  let loadedAt = Number.NEGATIVE_INFINITY;
  return (load) => {
    if (performance.now() - loadedAt < ms) return;
    loadedAt = performance.now();
    load();
  };
}

/** Loads anew what an event says has changed; what comes with the event itself is shown at once and waits for no load. */
function hear(event: HostEvent, get: () => ResearcherState, { load, seldom }: Loads): void {
  const { name } = event;
  switch (name) {
    case 'studies.changed':
      void load(name, () => Promise.all([get().loadStudies(), get().loadReports(), get().loadOpenSessions()]));
      break;
    case 'stations.changed':
      void load(name, get().loadLan);
      break;
    case 'library.changed':
      void load(name, get().loadLibrary);
      break;
    case 'drafts.changed':
      void load(name, get().loadDrafts);
      break;
    case 'jobs.changed':
      void load(name, () => Promise.all([get().loadJobs(), get().loadWorkbench(), get().loadComparisons()]));
      break;
    case 'jobs.progress':
      get().noteProgress(event.payload.jobId, event.payload.progress);
      if (event.payload.progress.unit === 'steps') seldom(() => void load('runs', get().loadWorkbench));
      break;
    case 'programs.sketch':
      get().noteSketch(event.payload.runId, event.payload.queries);
      break;
    default:
      name satisfies never;
  }
}

/** Keeps the lists up to date for as long as the page is open; while the host cannot be reached it asks again every 2 s. */
async function follow(get: () => ResearcherState): Promise<never> {
  const loads = { load: createLoader(), seldom: createSeldom(RUNS_MS) };
  for (let after = -1; ; ) {
    try {
      const { last, events } = await call('events.next', { after });
      after = last;
      for (const event of events) hear(event, get, loads);
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
