/** Participants: who sits in a session, where their participation stands, and the places they were given. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cell } from '../../engine/study/design.ts';
import { UserError } from '../../shared/errors.ts';
import { comfortSchema, deviceSchema, type ParticipantState, recruiterSchema } from '../../shared/participation.ts';
import { type PlannedScreen, plannedScreenSchema } from '../../shared/screen.ts';
import type { Stage } from '../../shared/study.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { ReadHandle } from './database.ts';
import { type BlockOf, parseStoredScreen } from './legacyScreen.ts';
import type { HOLDERS } from './logRecord.ts';
import { readSession } from './sessions.ts';
import type { Act, Store } from './store.ts';

export type Holder = (typeof HOLDERS)[number];

/** Where a participant is. `position` counts places from 0; it equals `screens` when all are behind. Times are UTC. */
export type Progress = {
  readonly participantId: string;
  readonly sessionId: string;
  readonly versionId: string;
  readonly stage: Stage;
  readonly title: string;
  readonly seed: number;
  readonly ordinal: number;
  readonly position: number;
  readonly screens: number;
  /** `invited` until the sequence is resolved. */
  readonly state: ParticipantState;
  /** Empty for whoever came before there was a choice. */
  readonly locale: string;
  readonly cell: Cell | null;
  readonly seat: string | null;
  readonly heldBy: Holder | null;
  readonly attempts: Readonly<Record<string, number>>;
  /** The furthest place reached. */
  readonly frontier: number;
  readonly leftSeq: number;
  readonly checkedInAt: string | null;
  readonly changedAt: string;
};

const SELECT_PROGRESS = `SELECT participant_id AS participantId, session_id AS sessionId, version_id AS versionId, stage, title, seed, ordinal,
  position, coalesce(screens, 0) AS screens,
  coalesce(state, CASE WHEN screens > 0 THEN 'running' ELSE 'invited' END) AS state, coalesce(locale, '') AS locale,
  coalesce(cell, '') AS cell, seat, held_by AS heldBy, coalesce(attempts, '{}') AS attempts,
  max(coalesce(frontier, 0), position) AS frontier, coalesce(left_seq, 0) AS leftSeq, checked_in_at AS checkedInAt,
  coalesce(changed_at, added_at) AS changedAt
  FROM participant JOIN session USING (session_id) JOIN study_version USING (version_id)
  LEFT JOIN assignment USING (participant_id) LEFT JOIN participation USING (participant_id)`;

type ProgressRow = Omit<Progress, 'cell' | 'attempts'> & { readonly cell: string; readonly attempts: string };

const cellSchema = z.strictObject({ levels: z.record(z.string(), z.string()), rows: z.record(z.string(), z.number()) });
const attemptsSchema = z.record(z.string(), z.number());

const toProgress = (row: ProgressRow): Progress => ({
  ...row,
  cell: row.cell === '' ? null : cellSchema.parse(JSON.parse(row.cell)),
  attempts: attemptsSchema.parse(JSON.parse(row.attempts)),
});

/** A participant's place. Throws a UserError for an unknown or erased one. */
export function readProgress(read: ReadHandle, participantId: string): Progress {
  const row = read.get<ProgressRow>(`${SELECT_PROGRESS} WHERE participant_id = ?`, participantId);
  if (!row)
    throw new UserError(`no participant ${participantId}`, {
      hint: 'was the participant erased? Add a new one to the session',
    });
  return toProgress(row);
}

/** Where everybody of a session stands, in the order they were added. */
export const listProgress = (read: ReadHandle, sessionId: string): Progress[] =>
  read.all<ProgressRow>(`${SELECT_PROGRESS} WHERE session_id = ? ORDER BY ordinal`, sessionId).map(toProgress);

/** Where everybody stands who takes part in a study version at one stage, over all sessions: what allocation balances. */
export const listOccupants = (read: ReadHandle, versionId: string, stage: Stage): Progress[] =>
  read.all<ProgressRow>(`${SELECT_PROGRESS} WHERE version_id = ? AND stage = ?`, versionId, stage).map(toProgress);

/** The session's seed, and the place of its next participant: counts all that were ever added, erased ones too. */
export function nextOrdinal(read: ReadHandle, sessionId: string): { seed: number; ordinal: number } {
  const row = read.get<{ seed: number; ordinal: number }>(
    'SELECT seed, next_ordinal AS ordinal FROM session WHERE session_id = ?',
    sessionId,
  );
  if (!row) throw new UserError(`no session ${sessionId}`);
  return row;
}

const toTexts = (sequence: readonly PlannedScreen[]): string[] =>
  sequence.map((screen) => canonicalJson(plannedScreenSchema.parse(screen)));

/** Adds an invited participant with a key of their own. Throws a UserError when the session is closed. */
export function addParticipant(store: Store, options: { sessionId: string; label: string; seat?: string }): string {
  store.settle();
  const { sessionId, label, seat } = options;
  const session = readSession(store.read, sessionId);
  if (session.closedAt !== null)
    throw new UserError(`session ${sessionId} was closed at ${session.closedAt}`, { hint: 'open a new session' });
  const participantId = randomUUID();
  store.keyring.add(participantId);
  const added: Act = {
    kind: 'participant.added',
    actor: 'researcher',
    sessionId,
    participantId,
    ordinal: nextOrdinal(store.read, sessionId).ordinal,
    label: store.keyring.seal(participantId, 'label', label),
    screens: [],
  };
  const seated: Act[] =
    seat === undefined
      ? []
      : [{ kind: 'participation.changed', actor: 'researcher', participantId, state: 'invited', seat, events: [] }];
  store.recordAll([added, ...seated]);
  return participantId;
}

/** Who a participant is: sealed with their key, and gone with it. */
export const identitySchema = z.strictObject({
  label: z.string().optional(),
  recruiter: recruiterSchema.optional(),
  comfort: comfortSchema.optional(),
  device: deviceSchema.optional(),
  withdrawalCode: z.string(),
});
export type Identity = z.infer<typeof identitySchema>;

export type Start = {
  readonly locale: string;
  readonly cell: Cell;
  readonly sequence: readonly PlannedScreen[];
  readonly identity: Identity;
  readonly withdrawalHash: Buffer;
  readonly actor: Act['actor'];
};

/** Starts a participation: the resolved sequence is durable when it returns, before the first screen is shown. */
export function startParticipant(store: Store, participantId: string, start: Start): void {
  store.record({
    kind: 'participant.started',
    actor: start.actor,
    participantId,
    locale: start.locale,
    cell: canonicalJson(start.cell),
    screens: toTexts(start.sequence),
    identity: store.keyring.seal(participantId, 'identity', canonicalJson(start.identity)),
    withdrawalHash: start.withdrawalHash.toString('base64'),
  });
}

/** Who a participant said they are; undefined before check-in. */
export function readIdentity(store: Store, participantId: string): Identity | undefined {
  const row = store.read.get<{ identity: Buffer | null }>(
    'SELECT identity FROM participation WHERE participant_id = ?',
    participantId,
  );
  const text = row?.identity && store.keyring.unseal(participantId, 'identity', row.identity);
  return text ? identitySchema.parse(JSON.parse(text)) : undefined;
}

/** The participant whose withdrawal code has this hash. */
export const findByWithdrawal = (read: ReadHandle, hash: Buffer): string | undefined =>
  read.get<{ id: string }>('SELECT participant_id AS id FROM participation WHERE withdrawal_hash = ?', hash)?.id;

/** A session's participants in the order they were added, each with the label the researcher gave. */
export function listParticipants(store: Store, sessionId: string): { participantId: string; label: string }[] {
  const rows = store.read.all<{ id: string; label: Buffer }>(
    'SELECT participant_id AS id, label FROM participant WHERE session_id = ? ORDER BY ordinal',
    sessionId,
  );
  return rows.map(({ id, label }) => ({ participantId: id, label: store.keyring.unseal(id, 'label', label) ?? '' }));
}

/** A participant's whole sequence, in order. */
export const readSequence = (read: ReadHandle, participantId: string, blockOf: BlockOf): PlannedScreen[] =>
  read
    .all<{ screen: string }>('SELECT screen FROM trial WHERE participant_id = ? ORDER BY position', participantId)
    .map(({ screen }) => parseStoredScreen(screen, blockOf));

/** An event of a participation as the store gives it back. */
export type KeptEvent = {
  readonly eventSeq: number;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly actor: string;
  readonly at: string;
};

/** A participant's events in the store's order; of one type where given. */
export function readEvents(read: ReadHandle, participantId: string, type?: string): KeptEvent[] {
  const rows = read.all<Omit<KeptEvent, 'detail'> & { detail: string }>(
    `SELECT event_seq AS eventSeq, type, detail, actor, at FROM event
     WHERE participant_id = ? AND (? IS NULL OR type = ?) ORDER BY event_seq`,
    participantId,
    type ?? null,
    type ?? null,
  );
  return rows.map((row) => ({ ...row, detail: z.record(z.string(), z.unknown()).parse(JSON.parse(row.detail)) }));
}

/** Whether a session's start gate is open; it is unless it was shut. */
export const isGateOpen = (read: ReadHandle, sessionId: string): boolean =>
  read.get<{ open: number }>('SELECT is_open AS open FROM session_gate WHERE session_id = ?', sessionId)?.open !== 0;
