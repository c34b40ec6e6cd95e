/** Who is left out of a session's analysis, and why. Nothing is deleted: taking somebody in again ends the exclusion, which stays on record. */
import { UserError } from '../../shared/errors.ts';
import { type ExportSource, subjectIdOf } from '../exchange/export/exportSource.ts';
import type { WriteHandle } from '../store/database.ts';

export type Exclusion = { readonly reason: string; readonly at: string };

export type Exclusions = {
  /** The exclusions of a session that hold, by participant. */
  of(sessionId: string): ReadonlyMap<string, Exclusion>;
  /** Throws UserError where the participant is excluded already. */
  exclude(sessionId: string, participantId: string, reason: string): void;
  /** Throws UserError where the participant is not excluded. */
  include(sessionId: string, participantId: string): void;
};

type Row = { readonly participantId: string; readonly reason: string; readonly at: string };

/** The exclusions in the library's open database. */
export function createExclusions(write: WriteHandle, now: () => string): Exclusions {
  const of = (sessionId: string): Map<string, Exclusion> =>
    new Map(
      write
        .all<Row>(
          `SELECT participant_id AS participantId, reason, excluded_at AS at FROM exclusion
           WHERE session_id = ? AND included_at IS NULL`,
          sessionId,
        )
        .map(({ participantId, ...exclusion }) => [participantId, exclusion]),
    );
  return {
    of,
    exclude(sessionId, participantId, reason) {
      const known = of(sessionId).get(participantId);
      if (known) throw new UserError(`the participant is excluded already: ${known.reason}`);
      write.run(
        'INSERT INTO exclusion (session_id, participant_id, reason, excluded_at) VALUES (?, ?, ?, ?)',
        sessionId,
        participantId,
        reason,
        now(),
      );
    },
    include(sessionId, participantId) {
      if (!of(sessionId).has(participantId)) throw new UserError('the participant is not excluded');
      write.run(
        'UPDATE exclusion SET included_at = ? WHERE session_id = ? AND participant_id = ? AND included_at IS NULL',
        now(),
        sessionId,
        participantId,
      );
    },
  };
}

/** A session as analyses read it: without the participants that are excluded. */
export function withoutExcluded<S extends Pick<ExportSource, 'participants'>>(
  source: S,
  excluded: ReadonlyMap<string, Exclusion>,
): S {
  const left = new Set([...excluded.keys()].map(subjectIdOf));
  return {
    ...source,
    *participants() {
      for (const participant of source.participants()) if (!left.has(participant.subjectId)) yield participant;
    },
  };
}
