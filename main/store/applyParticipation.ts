/** What the records of a participation do to the database: its trials, its state, its events. Always called inside a transaction. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isFinal } from '../../engine/study/participantStates.ts';
import { InternalError } from '../../shared/errors.ts';
import type { WriteHandle } from './database.ts';
import type { LogRecord, StoredEvent } from './logRecord.ts';
import { insertRow, type Row, readRow, type StoredRow, updateRow } from './rows.ts';

type Recorded<K extends LogRecord['kind']> = Extract<LogRecord, { kind: K }>;

/** What the audit says of a record: which entity it touched, and that entity's row hash before and after. */
export type Effect = {
  readonly entity: string;
  readonly entityId: string;
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly reason?: string;
};

/** The row that must be there. Throws an InternalError when it is not. */
export function mustRead(write: WriteHandle, table: 'session' | 'participant', id: string): StoredRow {
  const row = readRow(write, table, id);
  if (!row) throw new InternalError(`no ${table} ${id}`);
  return row;
}

/** SHA-256 over the screens in order: what the assignment row vouches for. */
export function hashSequence(screens: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const screen of screens) hash.update(`${screen.length}:${screen}`);
  return hash.digest();
}

const numberedScreenSchema = z.object({ trialIndex: z.number().int() });

/** Adds the trials of a resolved sequence. */
export function addTrials(write: WriteHandle, participantId: string, screens: readonly string[]): void {
  for (const [position, screen] of screens.entries())
    insertRow(write, 'trial', {
      participant_id: participantId,
      position,
      trial_index: numberedScreenSchema.parse(JSON.parse(screen)).trialIndex,
      screen,
    });
}

/** Events of one record, at most this many: their numbers follow from the record's. */
const EVENTS_PER_RECORD = 256;

/** The number of event `index` of record `seq`: events are in the order of the log, like responses. */
export const eventSeqOf = (seq: number, index: number): number => seq * EVENTS_PER_RECORD + index;

type Happening = { readonly at: string; readonly monotonicMs: number; readonly actor: string };

function addEvents(
  write: WriteHandle,
  participantId: string,
  events: readonly StoredEvent[],
  { record, seq }: { record: Happening; seq: number },
): void {
  const { session_id } = mustRead(write, 'participant', participantId);
  for (const [index, { type, detail }] of events.entries())
    insertRow(write, 'event', {
      event_seq: eventSeqOf(seq, index),
      session_id,
      participant_id: participantId,
      actor: record.actor,
      type,
      detail: JSON.stringify(detail),
      at: record.at,
      monotonic_ms: record.monotonicMs,
    });
}

/** A participation nothing was stored of yet. */
const newParticipation = (participantId: string, at: string): Row<'participation'> => ({
  participant_id: participantId,
  state: 'running',
  locale: '',
  cell: '',
  seat: null,
  held_by: null,
  attempts: '{}',
  frontier: 0,
  left_seq: 0,
  identity: null,
  withdrawal_hash: null,
  checked_in_at: null,
  changed_at: at,
  ended_at: null,
});

/** Changes columns of a participation, which is made when there is none yet. */
function changeParticipation(
  write: WriteHandle,
  participantId: string,
  at: string,
  change: Partial<Row<'participation'>>,
): { before?: Buffer; after: Buffer } {
  if (readRow(write, 'participation', participantId))
    return updateRow(write, 'participation', participantId, { ...change, changed_at: at });
  return { after: insertRow(write, 'participation', { ...newParticipation(participantId, at), ...change }) };
}

export function startParticipant(write: WriteHandle, record: Recorded<'participant.started'>, seq: number): Effect {
  const { participantId, screens, locale, cell, at } = record;
  updateRow(write, 'assignment', participantId, {
    screens: screens.length,
    sequence_hash: hashSequence(screens),
    log_seq: seq,
  });
  addTrials(write, participantId, screens);
  const hashes = changeParticipation(write, participantId, at, {
    state: 'checked-in',
    locale,
    cell,
    identity: Buffer.from(record.identity, 'base64'),
    withdrawal_hash: Buffer.from(record.withdrawalHash, 'base64'),
    checked_in_at: at,
  });
  addEvents(write, participantId, [{ type: 'state.checked-in', detail: { locale, cell } }], { record, seq });
  return { entity: 'participation', entityId: participantId, ...hashes };
}

export function applyChange(write: WriteHandle, record: Recorded<'participation.changed'>, seq: number): Effect {
  const { participantId, position, state, locale, seat, heldBy, attempts, leftSeq, at } = record;
  const known = readRow(write, 'participation', participantId);
  const frontier = Math.max(Number(known?.frontier ?? 0), position ?? 0);
  const change: Partial<Row<'participation'>> = {
    ...(position === undefined ? {} : { frontier }),
    ...(state === undefined ? {} : { state, ended_at: isFinal(state) ? at : null }),
    ...(locale === undefined ? {} : { locale }),
    ...(seat === undefined ? {} : { seat }),
    ...(heldBy === undefined ? {} : { held_by: heldBy }),
    ...(attempts === undefined ? {} : { attempts: JSON.stringify(attempts) }),
    ...(leftSeq === undefined ? {} : { left_seq: leftSeq }),
  };
  const hashes = changeParticipation(write, participantId, at, change);
  if (position !== undefined) updateRow(write, 'participant', participantId, { position });
  addEvents(write, participantId, record.events, { record, seq });
  return { entity: 'participation', entityId: participantId, ...hashes };
}

export function addPageEvents(write: WriteHandle, record: Recorded<'page.events'>, seq: number): Effect {
  const events = record.events.map(({ type, trialIndex, atMs, detail }) => ({
    type: `page.${type}`,
    detail: { trialIndex, atMs, ...(detail === undefined ? {} : { detail }) },
  }));
  addEvents(write, record.participantId, events, { record, seq });
  return { entity: 'participant', entityId: record.participantId };
}
