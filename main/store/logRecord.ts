/**
 * What the response log holds: one record for each act that changes the database. The database is what these records, applied in order,
 * make; nothing else writes to it. What a person wrote or answered is sealed with that person's key; ids and times are not.
 */
import { z } from 'zod';
import { InternalError } from '../../shared/errors.ts';
import { pageEventSchema, participantStateSchema } from '../../shared/participation.ts';
import { stageSchema } from '../../shared/study.ts';

const id = z.string().min(1);
/** Base64 of a sealed value. */
const sealed = z.string();

/** When and by whom: `at` in UTC, `monotonicMs` since the process started, `actor` is `system`, `researcher` or `participant`. */
const stamp = {
  at: z.string(),
  monotonicMs: z.number(),
  actor: z.enum(['system', 'researcher', 'participant']),
};

/** Something that happened to a participation: never an answer, never a name. */
const storedEventSchema = z.strictObject({
  type: z.string().min(1).max(60),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
});
export type StoredEvent = z.infer<typeof storedEventSchema>;

/** Who holds a participation up. */
export const HOLDERS = ['participant', 'researcher', 'approval'] as const;

export const logRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('study.imported'),
    ...stamp,
    versionId: id,
    /** The study as canonical JSON; its SHA-256 is `versionId`. */
    study: z.string(),
  }),
  z.strictObject({
    kind: z.literal('session.opened'),
    ...stamp,
    sessionId: id,
    versionId: id,
    stage: stageSchema,
    seed: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('session.closed'), ...stamp, sessionId: id }),
  z.strictObject({
    kind: z.literal('participant.added'),
    ...stamp,
    sessionId: id,
    participantId: id,
    ordinal: z.number().int(),
    label: sealed,
    /** The resolved sequence: one screen each, as JSON. */
    screens: z.array(z.string()),
  }),
  /** Check-in: the language, the cell, and the resolved sequence. */
  z.strictObject({
    kind: z.literal('participant.started'),
    ...stamp,
    participantId: id,
    locale: z.string(),
    /** The cell as JSON. */
    cell: z.string(),
    screens: z.array(z.string()),
    /** Who they are: label, recruiter's parameters, withdrawal code, machine. */
    identity: sealed,
    /** SHA-256 of the withdrawal code, in Base64. */
    withdrawalHash: z.string(),
  }),
  /** Any further step of a participation: what changed, and the events that say so. */
  z.strictObject({
    kind: z.literal('participation.changed'),
    ...stamp,
    participantId: id,
    position: z.number().int().optional(),
    state: participantStateSchema.optional(),
    locale: z.string().optional(),
    seat: z.string().nullable().optional(),
    heldBy: z.enum(HOLDERS).nullable().optional(),
    attempts: z.record(z.string(), z.number().int()).optional(),
    /** The participant's next `clientSeq` when a place was left last. */
    leftSeq: z.number().int().optional(),
    events: z.array(storedEventSchema),
  }),
  z.strictObject({
    kind: z.literal('page.events'),
    ...stamp,
    participantId: id,
    events: z.array(pageEventSchema),
  }),
  z.strictObject({ kind: z.literal('session.gated'), ...stamp, sessionId: id, isOpen: z.boolean() }),
  /** A step forward, as written before there were states of participation. */
  z.strictObject({
    kind: z.literal('participant.advanced'),
    ...stamp,
    participantId: id,
    position: z.number().int(),
  }),
  z.strictObject({
    kind: z.literal('response.submitted'),
    ...stamp,
    participantId: id,
    clientSeq: z.number().int(),
    trialIndex: z.number().int(),
    scenarioId: id,
    queryId: id,
    response: sealed,
  }),
  /** Stands in the place of a record that damage made unreadable, so that the numbers of the others stay. */
  z.strictObject({ kind: z.literal('record.lost'), ...stamp, reason: z.string() }),
  z.strictObject({ kind: z.literal('participant.erased'), ...stamp, participantId: id, reason: z.string() }),
]);
export type LogRecord = z.infer<typeof logRecordSchema>;

export const encodeRecord = (record: LogRecord): Buffer => Buffer.from(JSON.stringify(record));

/** The record in a frame's body. Throws an InternalError: the frame's check sum held, so whoever wrote it was wrong. */
export function decodeRecord(body: Buffer): LogRecord {
  const record = logRecordSchema.safeParse(JSON.parse(body.toString('utf8')));
  if (!record.success) throw new InternalError(`log record ${body.toString('utf8', 0, 80)}: ${record.error.message}`);
  return record.data;
}
