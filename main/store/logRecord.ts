/**
 * What the response log holds: one record for each act that changes the database. The database is what these records, applied in order,
 * make; nothing else writes to it. What a person wrote or answered is sealed with that person's key; ids and times are not.
 */
import { z } from 'zod';
import { InternalError } from '../../shared/errors.ts';
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
