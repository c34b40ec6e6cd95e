/**
 * The host: everything but Electron and HTTP, composed from a workspace folder. The desktop app, browser mode, the command line and the
 * tests all use it.
 */
import { type Handlers, type ParticipantHandlers, PROCEDURES, type ProcedureName } from '../shared/api.ts';
import type { KeyProvider } from '../shared/keys.ts';
import type { RunControl } from '../shared/progress.ts';
import type { Report } from '../shared/report.ts';
import type { StoredResponse } from '../shared/response.ts';
import type { RestoredSummary } from '../shared/safety.ts';
import type { Study } from '../shared/study.ts';
import { createEventLog } from './eventLog.ts';
import { createEvents, type EventSource } from './events.ts';
import { type ExportManifest, exportSession } from './exchange/export/exportSession.ts';
import { type ExportRequest, openExportSource } from './exchange/export/exportSource.ts';
import type { HostMode } from './handlers.ts';
import { formatRouterEvent } from './ipc/routerEvent.ts';
import { createLan, type Lan } from './lan/lan.ts';
import type { StartInference } from './processes/inferenceProcess.ts';
import { addReport } from './reports.ts';
import { openRestorable, type RestorableContent } from './restorableContent.ts';
import { openSecrets, type Sealer } from './secrets.ts';
import { isSequenceRemade } from './sessions/start.ts';
import type { Fault } from './store/checks.ts';
import { eraseParticipant } from './store/erasure.ts';
import { type KeptEvent, listParticipants, readEvents, readProgress } from './store/participants.ts';
import { readResponses } from './store/responses.ts';
import type { Restored } from './store/restore.ts';
import { importStudy } from './store/studyVersions.ts';
import { type ContentHandlers, importBundle, openContent } from './workspaceContent.ts';

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
  /** Writes a session as a folder; the only session there is where none is named. */
  exportSession(request: ExportRequest, control?: RunControl): Promise<ExportManifest>;
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
  /** The key of a language service, as the researcher typed it; undefined where none was. */
  readKey(provider: KeyProvider): string | undefined;
  /** Writes a line into the workspace's event log. */
  log(line: string): void;
  /** Finishes what is under way and lets the workspace go. Closing again does nothing. */
  close(): Promise<void>;
};

export type HostOptions = {
  readonly workspace: string;
  readonly mode: HostMode;
  /** What runs programs; children of Node if absent. */
  readonly startProgram?: StartInference;
  /** Folder of the bundled studies. */
  readonly studies?: string;
  /** Hears every line of the event log too; nobody unless told. */
  readonly echo?: (line: string) => void;
  /** Seals keys for this user of this machine; without one they are held for the session. */
  readonly sealer?: Sealer;
};

const reportFault = (error: unknown): void => console.error(error);

/** Of all handlers, those a participant may reach. */
function participantHandlers(handlers: ContentHandlers): ParticipantHandlers {
  const isParticipants = ([name]: [string, unknown]): boolean =>
    PROCEDURES[name as ProcedureName].role === 'participant';
  // Chosen by the same roles that the type is chosen by.
  return Object.fromEntries(Object.entries(handlers).filter(isParticipants)) as unknown as ParticipantHandlers;
}

const summaryOf = ({ database, salvaged, setAside, responses }: Restored): RestoredSummary => ({
  database: database.from,
  backup: database.from === 'backup' ? database.number : null,
  responses,
  lostRecords: salvaged?.lost.length ?? 0,
  setAside: [...setAside],
});

/** The host's own acts, on what is open. */
function createActs({ now }: RestorableContent, changed: <T>(result: T) => T) {
  return {
    importStudyFile: (path: string) => changed(importBundle(now().store, now().paths, path, 'researcher')),
    importStudy: (study: Study) => changed(importStudy(now().store, study, 'researcher').versionId),
    addReport: (report: Report, page: string) => changed(addReport(now().paths.reports, report, page)),
    readResponses: (sessionId: string) => readResponses(now().store, sessionId),
    listParticipants: (sessionId: string) => listParticipants(now().store, sessionId),
    listEvents: (participantId: string) => readEvents(now().store.read, participantId),
    checkSequence: (participantId: string) => isSequenceRemade(now().sessions, participantId),
    exportSession: async ({ sessionId, extras, ...plan }: ExportRequest, control?: RunControl) =>
      exportSession(openExportSource(now().store, sessionId, extras), plan, control),
    eraseParticipant: (participantId: string, reason: string) =>
      changed(eraseParticipant(now().store, participantId, reason)),
    backup: async () => void (await now().backups.request()),
    check: () => now().check(),
  };
}

/**
 * Opens the workspace, making it when absent, brings the bundled studies into it and serves it. Throws a UserError, with nothing left
 * half-written, when the folder cannot be used, is open elsewhere or was written by a newer version.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { echo = () => undefined } = options;
  const events = createEvents(reportFault);
  const changed = <T>(result: T): T => {
    events.emit('studies.changed', {});
    return result;
  };
  // Jobs, which ask for keys, run only once everything is open.
  const readKey = (provider: KeyProvider): string | undefined => secrets.readKey(provider);
  const content = await openRestorable(() => openContent({ ...options, events, readKey, onFault: reportFault }));
  const { paths } = content.now();
  const log = createEventLog(paths.root, { now: () => new Date().toISOString(), echo });
  const secrets = openSecrets(paths.keys, options.sealer);
  const lan: Lan = createLan({
    path: paths.stations,
    handlers: participantHandlers(content.handlers),
    checkParticipant: (participantId) => void readProgress(content.now().store.read, participantId),
    onChange: () => events.emit('stations.changed', {}),
    log: (event) => log(formatRouterEvent(event)),
  });
  await lan.resume();
  let isClosed = false;
  return {
    workspace: paths.root,
    handlers: {
      ...content.handlers,
      ...lan.handlers,
      ...secrets.handlers,
      'safety.restore': async () => changed(summaryOf(await content.restore())),
    },
    subscribe: events.subscribe,
    ...createActs(content, changed),
    readKey: secrets.readKey,
    log,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await lan.close();
      await content.close();
    },
  };
}
