/** Where the database stands in its log: read from it, found in the log again, and moved with each applied record. */
import { UserError } from '../../shared/errors.ts';
import type { ReadHandle, WriteHandle } from './database.ts';
import type { LogPosition } from './logFrame.ts';
import type { ResponseLog } from './responseLog.ts';

/** The row of `log_position`. */
export type PositionRow = {
  readonly log_id: string;
  readonly seq: number;
  readonly chain: Buffer;
  readonly bytes: number;
};

/** Where the database says it stands in its log; undefined in an empty one. */
export const readPosition = (read: ReadHandle): PositionRow | undefined =>
  read.get<PositionRow>('SELECT log_id, seq, chain, bytes FROM log_position');

/** Where in `log` the database stands. Throws a UserError when the two do not belong together. */
export function locate(read: ReadHandle, log: ResponseLog): LogPosition {
  const row = readPosition(read);
  const stranger = (reason: string): UserError =>
    new UserError(`${log.path}: ${reason}`, {
      hint: 'credence restore rebuilds the database from the newest good backup and the response log',
      location: { file: log.path },
    });
  if (!row) {
    if (log.base.seq !== 0 || (log.follows !== null && log.follows.logId !== ''))
      throw stranger('the log begins after records that the database lacks');
    return log.base;
  }
  if (row.log_id === log.logId) {
    if (row.bytes > log.source.size) throw stranger('the log is shorter than it was: records are missing at its end');
    return { seq: row.seq, chain: row.chain, bytes: row.bytes };
  }
  if (log.follows?.logId === row.log_id && log.follows.seq === row.seq) return log.base;
  throw stranger('the log belongs to another database');
}

/** Moves the database's position; part of the transaction that applies what lies before it. */
export function savePosition(write: WriteHandle, log: ResponseLog, position: LogPosition): void {
  write.run(
    `INSERT INTO log_position VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
     SET log_id = excluded.log_id, seq = excluded.seq, chain = excluded.chain, bytes = excluded.bytes`,
    log.logId,
    position.seq,
    position.chain,
    position.bytes,
  );
}
