/**
 * The store: one database, one response log, one keyring. Every change goes one way: appended to the log and synced, then applied in
 * one committed transaction, and only then does `record` return, which is what an acknowledgement waits for. Records the log has and
 * the database lacks (after a kill, a full disk or a restored backup) are applied first.
 */
import { InternalError, UserError } from '../../shared/errors.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { applyRecord } from './applyRecord.ts';
import { addAuditRow } from './audit.ts';
import { findStructuralFaults } from './checks.ts';
import { assertDurable, type Connection, type ReadHandle } from './database.ts';
import { isDiskFull, releaseBallast } from './diskSpace.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import type { LogPosition } from './logFrame.ts';
import { decodeRecord, encodeRecord, type LogRecord } from './logRecord.ts';
import { migrate } from './migrate.ts';
import { ResponseLog } from './responseLog.ts';
import { explaining } from './storeErrors.ts';

type WithoutStamp<R> = R extends LogRecord ? Omit<R, 'at' | 'monotonicMs'> : never;
/** A change, before it is given its time. */
export type Act = WithoutStamp<LogRecord>;

/** The clocks of the host, passed in so that tests can make them jump. */
export type Clock = { readonly now: () => Date; readonly monotonicMs: () => number };
export const SYSTEM_CLOCK: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };

export type Store = {
  readonly read: ReadHandle;
  readonly keyring: Keyring;
  readonly connection: Connection;
  /**
   * Applies what the log holds and the database lacks, which is something only after a disk refused a commit. Called before a decision
   * is made on what the database holds.
   */
  settle(): void;
  /** Makes a change durable and gives its number in the store's order. Throws, with nothing acknowledged, when the disk refuses. */
  record(act: Act): number;
  /** The place in the log up to which the database has applied it. */
  readonly position: () => LogPosition;
  readonly log: ResponseLog;
  close(): void;
};

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
function locate(read: ReadHandle, log: ResponseLog): LogPosition {
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

function savePosition(connection: Connection, log: ResponseLog, position: LogPosition): void {
  connection.write.run(
    `INSERT INTO log_position VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
     SET log_id = excluded.log_id, seq = excluded.seq, chain = excluded.chain, bytes = excluded.bytes`,
    log.logId,
    position.seq,
    position.chain,
    position.bytes,
  );
}

/** Records applied in one transaction while replaying. */
const REPLAY_BATCH = 200;

type Numbered = { readonly record: LogRecord; readonly position: LogPosition };

/** Applies records in order, all of them or none, and moves the position behind the last. */
function apply(connection: Connection, log: ResponseLog, batch: readonly Numbered[]): void {
  const { write } = connection;
  const last = batch.at(-1);
  if (!last) return;
  explaining(write.path, () =>
    write.transaction(() => {
      for (const { record, position } of batch)
        addAuditRow(write, record, applyRecord(write, record, position.seq), position.seq);
      savePosition(connection, log, last.position);
    }),
  );
}

/** Applies what the log holds after `from`; gives the position reached. */
function replay(connection: Connection, log: ResponseLog, from: LogPosition): LogPosition {
  const entries = log.readAfter(from);
  let batch: Numbered[] = [];
  for (let next = entries.next(); ; next = entries.next()) {
    if (next.done || batch.length === REPLAY_BATCH) {
      apply(connection, log, batch);
      batch = [];
    }
    if (next.done) {
      if (next.value.rest !== 'damaged') return next.value.position;
      throw new UserError(`${log.path}: the response log is damaged after record ${next.value.position.seq}`, {
        hint: 'credence restore sets the damaged log aside and goes on from the database',
        location: { file: log.path },
      });
    }
    batch.push({ record: decodeRecord(next.value.body), position: next.value.position });
  }
}

/** Above this size the structural check is left to the doctor: it would hold up the start. */
const LARGEST_CHECKED_BYTES = 256 * 2 ** 20;

/** Throws a UserError when SQLite's quick check finds the file damaged. */
function refuseDamaged(connection: Connection): void {
  const { path } = connection.read;
  const pages = Number(connection.pragma('page_count'));
  if (pages * Number(connection.pragma('page_size')) > LARGEST_CHECKED_BYTES) return;
  const [fault] = explaining(path, () => findStructuralFaults(connection, 'quick'));
  if (fault)
    throw new UserError(`${path}: the file is damaged: ${fault.problem}`, {
      hint: 'credence restore brings back the newest good backup and replays the response log',
      location: { file: path },
    });
}

/** Opens the store over an open `connection`: migrates, replays, and checks that commits are durable. */
export function openStore(connection: Connection, paths: WorkspacePaths, clock: Clock = SYSTEM_CLOCK): Store {
  refuseDamaged(connection);
  explaining(paths.database, () => migrate(connection));
  const log = explaining(paths.log, () => ResponseLog.open(paths.log));
  let keyring: Keyring | undefined;
  try {
    keyring = openKeyring(paths.keyring, paths.keyringCopy);
    let applied = replay(connection, log, locate(connection.read, log));
    explaining(paths.log, () => log.cutDebris());
    explaining(paths.database, () => connection.write.transaction(() => savePosition(connection, log, applied)));
    assertDurable(connection);
    const settle = (): void => {
      // Where the database stands is read from it: a commit that reported a fault may have been made all the same.
      if (applied.seq < log.tail.seq) applied = replay(connection, log, locate(connection.read, log));
    };
    const attempt = (act: Act): number => {
      if (applied.seq < log.tail.seq) throw new InternalError('a change was decided on a database that lacks records');
      const stamped = { ...act, at: clock.now().toISOString(), monotonicMs: clock.monotonicMs() } as LogRecord;
      const position = explaining(paths.log, () => log.append(encodeRecord(stamped)));
      apply(connection, log, [{ record: stamped, position }]);
      applied = position;
      return position.seq;
    };
    const record = (act: Act): number => {
      try {
        return attempt(act);
      } catch (error) {
        if (!isDiskFull(error) || !releaseBallast(paths.ballast)) throw error;
        // The record may have reached the log: then applying it is all that is left to do.
        const before = applied.seq;
        settle();
        return applied.seq > before ? applied.seq : attempt(act);
      }
    };
    const opened = keyring;
    return {
      read: connection.read,
      keyring,
      connection,
      settle,
      record,
      log,
      position: () => applied,
      close: () => {
        log.close();
        opened.close();
      },
    };
  } catch (error) {
    keyring?.close();
    log.close();
    throw error;
  }
}
