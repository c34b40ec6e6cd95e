/** Opens the library of a workspace: its database, its job table and the inference pool its jobs share. */
import { availableParallelism } from 'node:os';
import type { Handlers } from '../../shared/api.ts';
import type { QueryPosterior } from '../../shared/posterior.ts';
import type { WORKSPACE_PROCEDURES } from '../../shared/workspaceProcedures.ts';
import { atMostEvery } from '../atMostEvery.ts';
import { createDraftShelf, type DraftShelf } from '../drafts/draftShelf.ts';
import type { Events } from '../events.ts';
import type { ExportSession } from '../exchange/export/exportSource.ts';
import type { SimulatedHandlers } from '../jobs/simulateSession.ts';
import type { ReadKey } from '../language/provider.ts';
import { createInferencePool, type InferencePool } from '../processes/inferencePool.ts';
import type { StartInference } from '../processes/inferenceProcess.ts';
import { version } from '../resources.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { createExclusions, type Exclusions } from './exclusions.ts';
import { createLibraryHandlers } from './handlers.ts';
import { createJobRunner, describeJob } from './jobs/index.ts';
import type { JobContext } from './jobs/jobContext.ts';
import { createJobTable } from './jobTable.ts';
import { openLibraryDatabase } from './libraryDatabase.ts';
import { createProgramDesk } from './programDesk.ts';
import { createScenarioLibrary, type ScenarioLibrary } from './scenarioLibrary.ts';

export type Library = {
  readonly handlers: Pick<Handlers, keyof typeof WORKSPACE_PROCEDURES>;
  readonly scenarios: ScenarioLibrary;
  readonly drafts: DraftShelf;
  readonly exclusions: Exclusions;
  /** Interrupts what runs, so that it can go on at the next start, and lets the database go. */
  close(): Promise<void>;
};

export type LibraryOptions = {
  readonly exportSession: ExportSession;
  readonly readKey: ReadKey;
  /** What simulated participants go through; asked for when a simulation starts. */
  readonly simulated: () => SimulatedHandlers;
  readonly readSession: JobContext['readSession'];
  /** Starts what runs programs; children of Node if absent. */
  readonly startProgram?: StartInference;
};

/** A job that runs programs changes the library many times a second; the screens need not read it as often. */
const CHANGED_MS = 500;

/** Opens the library, making it when absent. Throws UserError when its file cannot be used. */
export function openLibrary(
  paths: WorkspacePaths,
  events: Events,
  { exportSession, readKey, readSession, simulated, startProgram }: LibraryOptions,
): Library {
  const database = openLibraryDatabase(paths.library);
  const now = (): string => new Date().toISOString();
  let pool: InferencePool | undefined;
  const tellChange = atMostEvery(CHANGED_MS, () => events.emit('library.changed', {}));
  const library = createScenarioLibrary(database.write, tellChange);
  const onSketch = (runId: string, queries: Readonly<Record<string, QueryPosterior>>): void =>
    events.emit('programs.sketch', { runId, queries: { ...queries } });
  const desk = createProgramDesk(onSketch, startProgram);
  const jobs = createJobTable({
    write: database.write,
    run: createJobRunner({
      library,
      paths,
      now,
      exportSession,
      readKey,
      handlers: simulated,
      readSession,
      pool: () =>
        (pool ??= createInferencePool({
          workers: availableParallelism(),
          engineVersion: version(),
          isBackground: true,
          startProcess: startProgram,
        })),
    }),
    describe: describeJob,
    now,
    onProgress: (jobId, progress) => events.emit('jobs.progress', { jobId, progress }),
    onChange: () => events.emit('jobs.changed', {}),
  });
  return {
    handlers: createLibraryHandlers({ library, jobs, desk }, paths),
    scenarios: library,
    drafts: createDraftShelf(database.write, now, () => events.emit('drafts.changed', {})),
    exclusions: createExclusions(database.write, now),
    async close() {
      await jobs.close();
      await Promise.all([pool?.stop(), desk.close()]);
      database.close();
    },
  };
}
