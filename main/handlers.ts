/** What answers each procedure of the contract, over an open store. */
import type { Handlers } from '../shared/api.ts';
import type { Events } from './events.ts';
import { listReports, readReport } from './reports.ts';
import { version } from './resources.ts';
import { createSessionContext } from './sessions/context.ts';
import { createParticipantCalls } from './sessions/participantCalls.ts';
import { createResearcherCalls } from './sessions/researcherCalls.ts';
import { holdBallast, refuseLittleSpace } from './store/diskSpace.ts';
import { closeSession, listSessions, openSession } from './store/sessions.ts';
import type { Store } from './store/store.ts';
import { listStudies, readStudy } from './store/studyVersions.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

export type HostMode = 'desktop' | 'browser' | 'headless';

export type HandlerContext = {
  readonly store: Store;
  readonly paths: WorkspacePaths;
  readonly mode: HostMode;
  readonly events: Events;
  /** Called after a session was closed. */
  readonly onSessionEnd: () => void;
};

/** The table of handlers. Roles and input are checked where a call comes in; an id that names nothing is refused here. */
export function createHandlers({ store, paths, mode, events, onSessionEnd }: HandlerContext): Handlers {
  const context = createSessionContext(store, {
    onChange: () => events.emit('studies.changed', {}),
    assets: paths.assets,
  });
  const changed = <T>(result: T): T => {
    events.emit('studies.changed', {});
    return result;
  };
  return {
    'app.info': () => ({ version: version(), mode, workspace: paths.root }),
    'studies.list': () => listStudies(store.read),
    'studies.read': ({ versionId }) => readStudy(store.read, versionId),
    'sessions.open': (input) => {
      if (input.stage === 'live' || input.stage === 'pilot') {
        refuseLittleSpace(paths.root);
        holdBallast(paths.ballast, paths.root);
      }
      return changed(openSession(store, input));
    },
    'sessions.list': () => listSessions(store.read),
    'sessions.close': ({ sessionId }) => {
      const session = changed(closeSession(store, sessionId));
      onSessionEnd();
      return session;
    },
    'reports.list': () => listReports(paths.reports),
    'reports.read': ({ id }) => readReport(paths.reports, id),
    ...createResearcherCalls(context),
    ...createParticipantCalls(context),
  };
}
