/** Extensions that the researcher gave a participant: minutes more of their reservation and their time. They are kept as events. */
import type { Stage } from '../../shared/study.ts';
import type { ReadHandle } from './database.ts';

/** What all extensions of one participant come to: `minutes` together, and until when (Unix time in ms) the last of them holds. */
export type Extension = { readonly minutes: number; readonly untilMs: number };

type Row = { readonly participantId: string; readonly at: string; readonly minutes: number };

const SELECT = `SELECT event.participant_id AS participantId, at, json_extract(detail, '$.minutes') AS minutes`;
/** Participants first: their events are found by the index, and most have none of these. */
const OF_VERSION = `${SELECT} FROM session JOIN participant USING (session_id)
  CROSS JOIN event ON event.participant_id = participant.participant_id AND type = 'control.extend'
  WHERE version_id = ? AND stage = ?`;
const OF_PARTICIPANT = `${SELECT} FROM event WHERE participant_id = ? AND type = 'control.extend'`;

function sumUp(rows: readonly Row[]): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const { participantId, at, minutes } of rows) {
    const before = extensions.get(participantId) ?? { minutes: 0, untilMs: 0 };
    extensions.set(participantId, {
      minutes: before.minutes + minutes,
      untilMs: Math.max(before.untilMs, Date.parse(at) + 60_000 * minutes),
    });
  }
  return extensions;
}

/** The extensions of everybody in the sessions of a version and stage, by participant. */
export const readExtensions = (read: ReadHandle, versionId: string, stage: Stage): ReadonlyMap<string, Extension> =>
  sumUp(read.all<Row>(OF_VERSION, versionId, stage));

/** One participant's; nothing where there was none. */
export const readExtension = (read: ReadHandle, participantId: string): Extension =>
  sumUp(read.all<Row>(OF_PARTICIPANT, participantId)).get(participantId) ?? { minutes: 0, untilMs: 0 };
