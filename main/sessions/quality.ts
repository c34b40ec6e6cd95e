/** What answers the procedures on the quality of a session: rules as flags, and exclusions that can be taken back. */
import { flagAnswers } from '../../engine/study/qualityFlags.ts';
import type { Handlers } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import type { QualityRow } from '../../shared/quality.ts';
import type { Exclusions } from '../library/exclusions.ts';
import { listParticipants, listProgress, readEvents } from '../store/participants.ts';
import { readParticipantResponses } from '../store/responses.ts';
import { readSession } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';

export type QualityCalls = Pick<Handlers, 'sessions.quality' | 'sessions.exclude' | 'sessions.include'>;

const failedAttention = (store: Store, participantId: string): number =>
  readEvents(store.read, participantId, 'check.attention').filter(({ detail }) => !detail.isPassed).length;

/** One row for each participant of the session, in the order they were added; participants who never checked in are left out. */
function qualityRows(store: Store, exclusions: Exclusions, sessionId: string): QualityRow[] {
  store.settle();
  readSession(store.read, sessionId);
  const labels = new Map(listParticipants(store, sessionId).map(({ participantId, label }) => [participantId, label]));
  const excluded = exclusions.of(sessionId);
  return listProgress(store.read, sessionId)
    .filter(({ state }) => state !== 'invited')
    .map(({ participantId, state }) => {
      const responses = readParticipantResponses(store, { sessionId, participantId });
      const participation = {
        responses,
        failedAttention: failedAttention(store, participantId),
        isCompleted: state === 'completed',
      };
      return {
        participantId,
        label: labels.get(participantId) ?? '',
        state,
        judgments: responses.filter(({ phase, isLatest }) => phase === 'main' && isLatest).length,
        flags: flagAnswers(participation),
        exclusion: excluded.get(participantId) ?? null,
      };
    });
}

/** The table of these procedures. */
export function createQualityCalls(store: Store, exclusions: Exclusions): QualityCalls {
  const refuseStranger = (sessionId: string, participantId: string): void => {
    if (!listParticipants(store, sessionId).some((one) => one.participantId === participantId))
      throw new UserError(`session ${sessionId} has no participant ${participantId}`, {
        hint: 'sessions.quality names the participants of a session',
      });
  };
  return {
    'sessions.quality': ({ sessionId }) => qualityRows(store, exclusions, sessionId),
    'sessions.exclude': ({ sessionId, participantId, reason }) => {
      refuseStranger(sessionId, participantId);
      exclusions.exclude(sessionId, participantId, reason);
      return qualityRows(store, exclusions, sessionId);
    },
    'sessions.include': ({ sessionId, participantId }) => {
      exclusions.include(sessionId, participantId);
      return qualityRows(store, exclusions, sessionId);
    },
  };
}
