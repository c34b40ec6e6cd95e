/** Participants: who sits in a session, the screens they were given, and where they are. */
import { randomUUID } from 'node:crypto';
import { type Screen, screenSchema } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import type { Stage } from '../../shared/study.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { ReadHandle } from './database.ts';
import { readSession } from './sessions.ts';
import type { Store } from './store.ts';

/** Where a participant is. `position` counts screens from 0; it equals `screens` when all are done. */
export type Progress = {
  readonly participantId: string;
  readonly sessionId: string;
  readonly versionId: string;
  readonly stage: Stage;
  readonly title: string;
  readonly position: number;
  readonly screens: number;
};

const PROGRESS = `SELECT participant_id AS participantId, session_id AS sessionId, version_id AS versionId, stage, title, position, screens
  FROM participant JOIN assignment USING (participant_id) JOIN session USING (session_id) JOIN study_version USING (version_id)
  WHERE participant_id = ?`;

/** A participant's place. Throws a UserError for an unknown or erased one. */
export function readProgress(read: ReadHandle, participantId: string): Progress {
  const progress = read.get<Progress>(PROGRESS, participantId);
  if (!progress)
    throw new UserError(`no participant ${participantId}`, {
      hint: 'was the participant erased? Add a new one to the session',
    });
  return progress;
}

/** The session's seed, and the place of its next participant: counts all that were ever added, erased ones too. */
export function nextOrdinal(read: ReadHandle, sessionId: string): { seed: number; ordinal: number } {
  const row = read.get<{ seed: number; ordinal: number }>(
    'SELECT seed, next_ordinal AS ordinal FROM session WHERE session_id = ?',
    sessionId,
  );
  if (!row) throw new UserError(`no session ${sessionId}`);
  return row;
}

/**
 * Adds a participant with a key of their own and the resolved sequence, stored before the first screen is shown. Throws a UserError when
 * the session is closed or the sequence cannot be used.
 */
export function addParticipant(
  store: Store,
  options: { sessionId: string; label: string; ordinal: number; sequence: readonly Screen[] },
): string {
  store.settle();
  const { sessionId, label, ordinal, sequence } = options;
  const session = readSession(store.read, sessionId);
  if (session.closedAt !== null)
    throw new UserError(`session ${sessionId} was closed at ${session.closedAt}`, { hint: 'open a new session' });
  const screens = sequence.map((screen) => canonicalJson(screenSchema.parse(screen)));
  const participantId = randomUUID();
  store.keyring.add(participantId);
  store.record({
    kind: 'participant.added',
    actor: 'researcher',
    sessionId,
    participantId,
    ordinal,
    label: store.keyring.seal(participantId, 'label', label),
    screens,
  });
  return participantId;
}

/** A session's participants in the order they were added, each with the label the researcher gave. */
export function listParticipants(store: Store, sessionId: string): { participantId: string; label: string }[] {
  const rows = store.read.all<{ id: string; label: Buffer }>(
    'SELECT participant_id AS id, label FROM participant WHERE session_id = ? ORDER BY ordinal',
    sessionId,
  );
  return rows.map(({ id, label }) => ({ participantId: id, label: store.keyring.unseal(id, 'label', label) ?? '' }));
}

type TrialRow = { readonly position: number; readonly screen: string };

/** The screen at a position; null behind the last. */
export function readScreen(read: ReadHandle, participantId: string, position: number): Screen | null {
  const row = read.get<TrialRow>(
    'SELECT position, screen FROM trial WHERE participant_id = ? AND position = ?',
    participantId,
    position,
  );
  return row ? screenSchema.parse(JSON.parse(row.screen)) : null;
}

/** The screen with this trial index and its position. Throws a UserError when the participant has none. */
export function readTrial(
  read: ReadHandle,
  participantId: string,
  trialIndex: number,
): { position: number; screen: Screen } {
  const row = read.get<TrialRow>(
    'SELECT position, screen FROM trial WHERE participant_id = ? AND trial_index = ?',
    participantId,
    trialIndex,
  );
  if (!row) throw new UserError(`participant ${participantId} has no trial ${trialIndex}`);
  return { position: row.position, screen: screenSchema.parse(JSON.parse(row.screen)) };
}

/** How many of the screen's queries have an answer. */
function countAnswered(read: ReadHandle, participantId: string, trialIndex: number): number {
  const row = read.get<{ answered: number }>(
    'SELECT count(*) AS answered FROM response WHERE participant_id = ? AND trial_index = ? AND revision = 0',
    participantId,
    trialIndex,
  );
  return row?.answered ?? 0;
}

/**
 * Leaves screen `trialIndex` for the next and gives the new position. Leaving a screen again that was left before changes nothing.
 * Throws a UserError when it is not the participant's turn there or a query on it has no answer yet.
 */
export function advance(store: Store, participantId: string, trialIndex: number): number {
  store.settle();
  const { position } = readProgress(store.read, participantId);
  const trial = readTrial(store.read, participantId, trialIndex);
  if (trial.position < position) return position;
  if (trial.position > position)
    throw new UserError(`trial ${trialIndex} cannot be left before it is shown; the current position is ${position}`);
  if (trial.screen.kind === 'scenario') {
    const answered = countAnswered(store.read, participantId, trialIndex);
    const wanted = trial.screen.scenario.queries.length;
    if (answered < wanted)
      throw new UserError(`trial ${trialIndex} has ${answered} of ${wanted} answers`, {
        hint: 'send the missing answers, or a missingCode for each, then advance',
      });
  }
  store.record({ kind: 'participant.advanced', actor: 'participant', participantId, position: position + 1 });
  return position + 1;
}
