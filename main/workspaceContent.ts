/** What an open workspace holds, served: the store of answers, the library with its jobs, backups, and what asks for them. */
import type { Handlers } from '../shared/api.ts';
import { atMostEvery } from './atMostEvery.ts';
import { createDraftCalls } from './drafts/draftCalls.ts';
import type { Events } from './events.ts';
import { exportSession } from './exchange/export/exportSession.ts';
import { type ExportSession, openExportSource } from './exchange/export/exportSource.ts';
import { createHandlers, type HostMode } from './handlers.ts';
import type { ReadKey } from './language/provider.ts';
import { withoutExcluded } from './library/exclusions.ts';
import { type Library, openLibrary } from './library/openLibrary.ts';
import type { StartInference } from './processes/inferenceProcess.ts';
import { resource } from './resources.ts';
import { createSafety } from './safety.ts';
import { createSessionContext, type SessionContext } from './sessions/context.ts';
import { createParticipantCalls } from './sessions/participantCalls.ts';
import { createQualityCalls } from './sessions/quality.ts';
import { type BackupSchedule, createBackupSchedule } from './store/backupSchedule.ts';
import { makeBackup } from './store/backups.ts';
import { type Fault, findDatabaseFaults, findLogFaults, findSealFaults, runYielding } from './store/checks.ts';
import { finishErasures } from './store/erasure.ts';
import { isOlder } from './store/migrate.ts';
import { openStore, type Store } from './store/store.ts';
import { importStudy } from './store/studyVersions.ts';
import { findStudyFolders, loadStudyBundle } from './studies.ts';
import { keepAssets } from './studyFiles/assets.ts';
import { openWorkspace, type Workspace } from './workspace.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

/** Brings the study in a folder or zip into the store, its assets first. */
export function importBundle(
  store: Store,
  paths: WorkspacePaths,
  path: string,
  actor: 'system' | 'researcher',
): string {
  const { study, assets } = loadStudyBundle(path);
  keepAssets(paths.assets, assets);
  return importStudy(store, study, actor).versionId;
}

/** How often pages are told of answers that come in: each makes them read the counts again. */
const ANSWERED_MS = 1000;

export type ContentHandlers = Omit<
  Handlers,
  'safety.restore' | Extract<keyof Handlers, `keys.${string}` | `lan.${string}` | `stations.${string}`>
>;

/** An open workspace until `close`. */
export type WorkspaceContent = {
  readonly paths: WorkspacePaths;
  readonly store: Store;
  readonly sessions: SessionContext;
  readonly backups: BackupSchedule;
  readonly handlers: ContentHandlers;
  /** Everything wrong with the stored data: empty when every row, seal and log record holds. */
  check(): Promise<readonly Fault[]>;
  close(): Promise<void>;
};

export type ContentOptions = {
  readonly workspace: string;
  readonly mode: HostMode;
  /** Folder of the bundled studies. */
  readonly studies?: string;
  /** What runs programs; children of Node if absent. */
  readonly startProgram?: StartInference;
  readonly events: Events;
  /** The key of a language service, as the researcher typed it. */
  readonly readKey: ReadKey;
  readonly onFault: (error: unknown) => void;
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

/** The handlers, of which those that store what a participant did tell the researcher's pages. */
function tellAnswers(handlers: ContentHandlers, onAnswer: () => void): ContentHandlers {
  const telling =
    <I, C, R>(handler: (input: I, caller: C) => R) =>
    (input: I, caller: C): R => {
      const result = handler(input, caller);
      onAnswer();
      return result;
    };
  return {
    ...handlers,
    'participant.submit': telling(handlers['participant.submit']),
    'participant.advance': telling(handlers['participant.advance']),
  };
}

function serve(store: Store, library: Library, workspace: Workspace, options: ContentOptions): WorkspaceContent {
  const { paths } = workspace;
  const { mode, events, onFault } = options;
  const changed = (): void => events.emit('studies.changed', {});
  const backups = createBackupSchedule(store, paths.backups, onFault);
  const check = (): Promise<readonly Fault[]> => checkStore(store);
  const sessions = createSessionContext(store, {
    onChange: atMostEvery(ANSWERED_MS, changed),
    assets: paths.assets,
  });
  return {
    paths,
    store,
    sessions,
    backups,
    check,
    handlers: tellAnswers(
      {
        ...library.handlers,
        ...createDraftCalls({ store, drafts: library.drafts, scenarios: library.scenarios, onFreeze: changed }),
        ...createQualityCalls(store, library.exclusions),
        ...createSafety({ store, backupFolder: paths.backups, backups, check, onErase: changed }),
        ...createHandlers({ store, sessions, paths, mode, events, onSessionEnd: backups.start }),
        ...createParticipantCalls(sessions),
      },
      atMostEvery(ANSWERED_MS, changed),
    ),
    close: async () => {
      await library.close();
      await backups.stop();
      store.close();
      workspace.close();
    },
  };
}

/**
 * Opens the workspace, making it when absent, and brings the bundled studies into it. Throws a UserError, with nothing left half-written,
 * when the folder cannot be used, is open elsewhere or was written by a newer version.
 */
export async function openContent(options: ContentOptions): Promise<WorkspaceContent> {
  return openWorkspace(options.workspace, async (workspace) => {
    const { connection, paths } = workspace;
    if (isOlder(connection)) await makeBackup(connection, paths.backups);
    const store = openStore(connection, paths);
    try {
      finishErasures(store);
      for (const folder of findStudyFolders(options.studies ?? resource('studies')))
        importBundle(store, paths, folder, 'system');
      const exporting: ExportSession = ({ sessionId, extras, ...plan }, control) =>
        exportSession(openExportSource(store, sessionId, extras), plan, control);
      const library = openLibrary(paths, options.events, {
        exportSession: exporting,
        readKey: options.readKey,
        simulated: () => content.handlers,
        readSession: (sessionId) =>
          withoutExcluded(openExportSource(store, sessionId, []), library.exclusions.of(sessionId)),
        startProgram: options.startProgram,
      });
      const content = serve(store, library, workspace, options);
      return content;
    } catch (error) {
      store.close();
      throw error;
    }
  });
}
