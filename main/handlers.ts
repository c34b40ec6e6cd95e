/** What answers each procedure of the contract, over an open store. */
import type { Handlers } from '../shared/api.ts';
import type { KEY_PROCEDURES } from '../shared/keys.ts';
import type { LAN_PROCEDURES } from '../shared/lan.ts';
import type { PARTICIPANT_PROCEDURES } from '../shared/participantProcedures.ts';
import type { SAFETY_PROCEDURES } from '../shared/safety.ts';
import type { STUDY_PROCEDURES } from '../shared/studyProcedures.ts';
import type { WORKSPACE_PROCEDURES } from '../shared/workspaceProcedures.ts';
import type { Events } from './events.ts';
import { listReports, readReport } from './reports.ts';
import { version } from './resources.ts';
import type { SessionContext } from './sessions/context.ts';
import { createResearcherCalls } from './sessions/researcherCalls.ts';
import { holdBallast, refuseLittleSpace } from './store/diskSpace.ts';
import { closeSession, listSessions, openSession } from './store/sessions.ts';
import type { Store } from './store/store.ts';
import { listStudies, readStudy } from './store/studyVersions.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

export type HostMode = 'desktop' | 'browser' | 'headless';

export type HandlerContext = {
  readonly store: Store;
  readonly sessions: SessionContext;
  readonly paths: WorkspacePaths;
  readonly mode: HostMode;
  readonly events: Events;
  /** Called after a session was closed. */
  readonly onSessionEnd: () => void;
};

/** Procedures that parts of the host answer themselves. */
type OtherProcedure = keyof (typeof LAN_PROCEDURES &
  typeof KEY_PROCEDURES &
  typeof SAFETY_PROCEDURES &
  typeof STUDY_PROCEDURES &
  typeof PARTICIPANT_PROCEDURES &
  typeof WORKSPACE_PROCEDURES);

/** The handlers of the store but for those of participants. Roles and input are checked where a call comes in; an id that names nothing is refused here. */
export function createHandlers(context: HandlerContext): Omit<Handlers, OtherProcedure> {
  const { store, sessions, paths, mode, events, onSessionEnd } = context;
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
    ...createResearcherCalls(sessions),
  };
}
