/**
 * The store: one database, one response log, one keyring. Every change goes one way: appended to the log and synced, then applied in
 * one committed transaction, and only then does `record` return, which is what an acknowledgement waits for. Records the log has and
 * the database lacks (after a kill, a full disk or a restored backup) are applied first.
 */
import { InternalError, UserError } from '../../shared/errors.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { createCheckpoints } from './checkpoints.ts';
import { findStructuralFaults } from './checks.ts';
import { assertDurable, type Connection, type ReadHandle, type WriteHandle } from './database.ts';
import { isDiskFull, releaseBallast } from './diskSpace.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import type { LogPosition } from './logFrame.ts';
import { locate, savePosition } from './logPosition.ts';
import { encodeRecord, type LogRecord } from './logRecord.ts';
import { migrate } from './migrate.ts';
import { apply, replay } from './replay.ts';
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
  /**
   * The same for several changes with one sync: when it returns all are durable, when it throws none is acknowledged. A power cut in between may
   * keep the first of them, never a later one without those before it.
   */
  recordAll(acts: readonly Act[]): number[];
  readonly clock: Clock;
  /** The place in the log up to which the database has applied it. */
  readonly position: () => LogPosition;
  readonly log: ResponseLog;
  close(): void;
};

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

type Recorder = Pick<Store, 'settle' | 'record' | 'recordAll' | 'position'>;

/** The one way of changing anything. `start` is where the database stands. */
function createRecorder(
  write: WriteHandle,
  log: ResponseLog,
  options: { start: LogPosition; clock: Clock; ballast: string; onCommit: () => void },
): Recorder {
  const { start, clock, ballast, onCommit } = options;
  let applied = start;
  const settle = (): void => {
    // Where the database stands is read from it: a commit that reported a fault may have been made all the same.
    if (applied.seq < log.tail.seq) applied = replay(write, log, locate(write, log));
  };
  const attempt = (acts: readonly Act[]): number[] => {
    if (applied.seq < log.tail.seq) throw new InternalError('a change was decided on a database that lacks records');
    const stamp = { at: clock.now().toISOString(), monotonicMs: clock.monotonicMs() };
    const records = acts.map((act) => ({ ...act, ...stamp }) as LogRecord);
    const positions = explaining(log.path, () => log.appendAll(records.map(encodeRecord)));
    const batch = records.map((record, i) => ({ record, position: positions[i] }));
    apply(write, log, batch);
    applied = positions.at(-1) ?? applied;
    onCommit();
    return positions.map(({ seq }) => seq);
  };
  const recordAll = (acts: readonly Act[]): number[] => {
    if (acts.length === 0) return [];
    try {
      return attempt(acts);
    } catch (error) {
      if (!isDiskFull(error) || !releaseBallast(ballast)) throw error;
      // The records may have reached the log: then applying them is all that is left to do.
      const before = applied.seq;
      settle();
      return applied.seq > before ? acts.map((_, i) => before + 1 + i) : attempt(acts);
    }
  };
  return { settle, recordAll, record: (act) => recordAll([act])[0], position: () => applied };
}

/** Opens the store over an open `connection`: migrates, replays, and checks that commits are durable. */
export function openStore(connection: Connection, paths: WorkspacePaths, clock: Clock = SYSTEM_CLOCK): Store {
  const { read, write } = connection;
  refuseDamaged(connection);
  explaining(paths.database, () => migrate(connection));
  const log = explaining(paths.log, () => ResponseLog.open(paths.log));
  let keyring: Keyring | undefined;
  try {
    const opened = (keyring = openKeyring(paths.keyring, paths.keyringCopy));
    const start = replay(write, log, locate(read, log));
    explaining(paths.log, () => log.cutDebris());
    explaining(paths.database, () => write.transaction(() => savePosition(write, log, start)));
    assertDurable(connection);
    const checkpoints = createCheckpoints(connection);
    const close = (): void => {
      checkpoints.stop();
      log.close();
      opened.close();
    };
    return {
      read,
      keyring,
      connection,
      log,
      clock,
      ...createRecorder(write, log, { start, clock, ballast: paths.ballast, onCommit: checkpoints.noteCommit }),
      close,
    };
  } catch (error) {
    keyring?.close();
    log.close();
    throw error;
  }
}
