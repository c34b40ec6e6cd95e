/** What answers each procedure of the contract, over an open store. */
import { createRandom } from '../engine/random.ts';
import { resolveSequence } from '../engine/study/resolveSequence.ts';
import type { Caller, Handlers, ParticipantHandlers } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import type { LAN_PROCEDURES } from '../shared/lan.ts';
import type { WORKSPACE_PROCEDURES } from '../shared/workspaceProcedures.ts';
import type { Events } from './events.ts';
import { listReports, readReport } from './reports.ts';
import { version } from './resources.ts';
import { holdBallast, refuseLittleSpace } from './store/diskSpace.ts';
import { addParticipant, advance, nextOrdinal, readProgress, readScreen } from './store/participants.ts';
import { nextClientSeq, submitResponse } from './store/responses.ts';
import { closeSession, listSessions, openSession, readSession } from './store/sessions.ts';
import type { Store } from './store/store.ts';
import { listStudies, readScales, readStudy } from './store/studyVersions.ts';
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

function participantOf(caller: Caller): string {
  if (caller.role !== 'participant') throw new UserError('only a participant may do this');
  return caller.participantId;
}

/** What participants' calls come to. */
export function createParticipantHandlers(store: Store): ParticipantHandlers {
  return {
    'participant.screen': (_, caller) => {
      const { participantId, versionId, position, screens, title, stage } = readProgress(
        store.read,
        participantOf(caller),
      );
      return {
        screen: readScreen(store.read, participantId, position),
        index: position,
        total: screens,
        nextClientSeq: nextClientSeq(store.read, participantId),
        participantId,
        study: { title, stage, scales: readScales(store.read, versionId) },
      };
    },
    'participant.submit': (response, caller) => submitResponse(store, participantOf(caller), response),
    'participant.advance': ({ trialIndex }, caller) => ({ index: advance(store, participantOf(caller), trialIndex) }),
    'participant.heartbeat': (_, caller) => {
      readProgress(store.read, participantOf(caller));
      return { ok: true };
    },
  };
}

/** The handlers of the store. Roles and input are checked where a call comes in; an id that names nothing is refused here. */
export function createHandlers(
  context: HandlerContext,
): Omit<Handlers, keyof typeof LAN_PROCEDURES | keyof typeof WORKSPACE_PROCEDURES> {
  const { store, paths, mode, events, onSessionEnd } = context;
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
    'sessions.addParticipant': ({ sessionId, label }) => {
      const { versionId } = readSession(store.read, sessionId);
      const { seed, ordinal } = nextOrdinal(store.read, sessionId);
      const random = createRandom(seed).split('sequence', ordinal);
      const sequence = resolveSequence(random, readStudy(store.read, versionId));
      return changed({ participantId: addParticipant(store, { sessionId, label, ordinal, sequence }) });
    },
    'reports.list': () => listReports(paths.reports),
    'reports.read': ({ id }) => readReport(paths.reports, id),
    ...createParticipantHandlers(store),
  };
}
