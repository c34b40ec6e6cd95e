/**
 * The host: everything but Electron and HTTP, composed from a workspace folder. The desktop app, browser mode, the command line and the
 * tests all use it.
 */
import type { Handlers } from '../shared/api.ts';
import type { Report } from '../shared/report.ts';
import type { StoredResponse } from '../shared/response.ts';
import type { Study } from '../shared/study.ts';
import { createEventLog } from './eventLog.ts';
import { createEvents, type EventSource, type Events } from './events.ts';
import { createHandlers, type HostMode } from './handlers.ts';
import { formatRouterEvent } from './ipc/routerEvent.ts';
import { createLan } from './lan/lan.ts';
import { type Library, openLibrary } from './library/openLibrary.ts';
import { addReport } from './reports.ts';
import { resource } from './resources.ts';
import { createSessionContext } from './sessions/context.ts';
import { createParticipantCalls } from './sessions/participantCalls.ts';
import { isSequenceRemade } from './sessions/start.ts';
import { createBackupSchedule } from './store/backupSchedule.ts';
import { makeBackup } from './store/backups.ts';
import { type Fault, findDatabaseFaults, findLogFaults, findSealFaults, runYielding } from './store/checks.ts';
import { eraseParticipant, finishErasures } from './store/erasure.ts';
import { isOlder } from './store/migrate.ts';
import { type KeptEvent, listParticipants, readEvents, readProgress } from './store/participants.ts';
import { readResponses } from './store/responses.ts';
import { openStore, type Store } from './store/store.ts';
import { importStudy } from './store/studyVersions.ts';
import { findStudyFolders, loadStudyBundle } from './studies.ts';
import { keepAssets } from './studyFiles/assets.ts';
import { openWorkspace, type Workspace } from './workspace.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

export type Host = EventSource & {
  /** The absolute path of the workspace folder. */
  readonly workspace: string;
  /** One function per procedure of `shared/api.ts`; roles and input are checked by whoever passes calls in. */
  readonly handlers: Handlers;
  /** Keeps a study as an immutable version and gives its id; the same content is kept once. */
  importStudy(study: Study): string;
  /** The same for the study in a folder or `.credence-study` file, with its pictures and sounds. */
  importStudyFile(path: string): string;
  /** Keeps a report and its page, and gives the page's path. */
  addReport(report: Report, page: string): string;
  /** A session's responses in the store's order, earlier revisions too. */
  readResponses(sessionId: string): Iterable<StoredResponse>;
  /** A session's participants in the order they were added, with their labels. */
  listParticipants(sessionId: string): { readonly participantId: string; readonly label: string }[];
  /** What happened to a participation, in the store's order: moves of its state, checks, consent, what its page reported. */
  listEvents(participantId: string): readonly KeptEvent[];
  /** Whether a participant's sequence, made again from seed, place in the session and cell, is the one stored. */
  checkSequence(participantId: string): boolean;
  /** Takes a person's answers, label and key away for good; what backups and log hold of them can no longer be read. */
  eraseParticipant(participantId: string, reason: string): void;
  /** Makes a backup now, unless nothing changed since the last. */
  backup(): Promise<void>;
  /** Everything wrong with the stored data: empty when every row, seal and log record holds. */
  check(): Promise<readonly Fault[]>;
  /** Writes a line into the workspace's event log. */
  log(line: string): void;
  /** Finishes what is under way and lets the workspace go. Closing again does nothing. */
  close(): Promise<void>;
};

export type HostOptions = {
  readonly workspace: string;
  readonly mode: HostMode;
  /** Folder of the bundled studies. */
  readonly studies?: string;
  /** Hears every line of the event log too; nobody unless told. */
  readonly echo?: (line: string) => void;
};

/** All checks of an open store, letting other work in between. */
async function checkStore(store: Store): Promise<readonly Fault[]> {
  store.settle();
  return [
    ...(await runYielding(findDatabaseFaults(store.connection))),
    ...(await runYielding(findLogFaults(store.read, store.log))),
    ...(await runYielding(findSealFaults(store.read, store.keyring))),
  ];
}

type Opened = {
  readonly store: Store;
  readonly library: Library;
  readonly workspace: Workspace;
  readonly events: Events;
};

/** Brings the study in a folder or zip into the store, its assets first. */
function importBundle(store: Store, paths: WorkspacePaths, path: string, actor: 'system' | 'researcher'): string {
  const { study, assets } = loadStudyBundle(path);
  keepAssets(paths.assets, assets);
  return importStudy(store, study, actor).versionId;
}

const reportFault = (error: unknown): void => console.error(error);

async function createOpenHost({ store, library, workspace, events }: Opened, options: HostOptions): Promise<Host> {
  const { paths } = workspace;
  const { mode, echo = () => undefined } = options;
  const log = createEventLog(paths.root, { now: () => new Date().toISOString(), echo });
  const backups = createBackupSchedule(store, paths.backups, reportFault);
  const sessions = createSessionContext(store, {
    onChange: () => events.emit('studies.changed', {}),
    assets: paths.assets,
  });
  const participantCalls = createParticipantCalls(sessions);
  const lan = createLan({
    path: paths.stations,
    handlers: participantCalls,
    checkParticipant: (participantId) => void readProgress(store.read, participantId),
    onChange: () => events.emit('stations.changed', {}),
    log: (event) => log(formatRouterEvent(event)),
  });
  await lan.resume();
  let isClosed = false;
  const changed = <T>(result: T): T => {
    events.emit('studies.changed', {});
    return result;
  };
  return {
    workspace: paths.root,
    handlers: {
      ...library.handlers,
      ...createHandlers({ store, sessions, paths, mode, events, onSessionEnd: backups.start }),
      ...participantCalls,
      ...lan.handlers,
    },
    subscribe: events.subscribe,
    importStudy: (study) => changed(importStudy(store, study, 'researcher').versionId),
    importStudyFile: (path) => changed(importBundle(store, paths, path, 'researcher')),
    addReport: (report, page) => changed(addReport(paths.reports, report, page)),
    readResponses: (sessionId) => readResponses(store, sessionId),
    listParticipants: (sessionId) => listParticipants(store, sessionId),
    listEvents: (participantId) => readEvents(store.read, participantId),
    checkSequence: (participantId) => isSequenceRemade(sessions, participantId),
    eraseParticipant: (participantId, reason) => changed(eraseParticipant(store, participantId, reason)),
    backup: async () => void (await backups.request()),
    check: () => checkStore(store),
    log,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await lan.close();
      await library.close();
      await backups.stop();
      store.close();
      workspace.close();
    },
  };
}

/**
 * Opens the workspace, making it when absent, brings the bundled studies into it and serves it. Throws a UserError, with nothing left
 * half-written, when the folder cannot be used, is open elsewhere or was written by a newer version.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  return openWorkspace(options.workspace, async (workspace) => {
    const { connection, paths } = workspace;
    if (isOlder(connection)) await makeBackup(connection, paths.backups);
    const store = openStore(connection, paths);
    try {
      finishErasures(store);
      for (const folder of findStudyFolders(options.studies ?? resource('studies')))
        importBundle(store, paths, folder, 'system');
      const events = createEvents(reportFault);
      return await createOpenHost({ store, workspace, events, library: openLibrary(paths, events) }, options);
    } catch (error) {
      store.close();
      throw error;
    }
  });
}
