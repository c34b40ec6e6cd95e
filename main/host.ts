/**
 * The host: everything but Electron and HTTP, composed from a workspace folder. The desktop app, browser mode, the command line and the
 * tests all use it.
 */
import type { Handlers } from '../shared/api.ts';
import type { Report } from '../shared/report.ts';
import type { StoredResponse } from '../shared/response.ts';
import type { Study } from '../shared/study.ts';
import { createEvents, type EventSource } from './events.ts';
import { createHandlers, type HostMode } from './handlers.ts';
import { addReport } from './reports.ts';
import { resource } from './resources.ts';
import { readResponses } from './store/responses.ts';
import { openStore } from './store/store.ts';
import { importStudy } from './store/studyVersions.ts';
import { findStudyFolders, loadStudy } from './studies.ts';
import { openWorkspace } from './workspace.ts';

export type Host = EventSource & {
  /** The absolute path of the workspace folder. */
  readonly workspace: string;
  /** One function per procedure of `shared/api.ts`; roles and input are checked by whoever passes calls in. */
  readonly handlers: Handlers;
  /** Keeps a study as an immutable version and gives its id; the same content is kept once. */
  importStudy(study: Study): string;
  /** Keeps a report and its page, and gives the page's path. */
  addReport(report: Report, page: string): string;
  /** A session's responses in the store's order, earlier revisions too. */
  readResponses(sessionId: string): Iterable<StoredResponse>;
  /** Finishes what is under way and lets the workspace go. */
  close(): Promise<void>;
};

export type HostOptions = {
  readonly workspace: string;
  readonly mode: HostMode;
  /** Folder of the bundled studies. */
  readonly studies?: string;
};

/**
 * Opens the workspace, making it when absent, brings the bundled studies into it and serves it. Throws a UserError, with nothing left
 * half-written, when the folder cannot be used, is open elsewhere or was written by a newer version.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  return openWorkspace(options.workspace, (workspace) => {
    const { paths } = workspace;
    const store = openStore(workspace.connection, paths);
    try {
      for (const folder of findStudyFolders(options.studies ?? resource('studies')))
        importStudy(store, loadStudy(folder), 'system');
      const events = createEvents((error) => console.error(error));
      const { mode } = options;
      const changed = <T>(result: T): T => {
        events.emit('studies.changed', {});
        return result;
      };
      return {
        workspace: paths.root,
        handlers: createHandlers({ store, paths, mode, events }),
        subscribe: events.subscribe,
        importStudy: (study) => changed(importStudy(store, study, 'researcher').versionId),
        addReport: (report, page) => changed(addReport(paths.reports, report, page)),
        readResponses: (sessionId) => readResponses(store, sessionId),
        close: async () => {
          store.close();
          workspace.close();
        },
      };
    } catch (error) {
      store.close();
      throw error;
    }
  });
}
