/**
 * Checkpoints: when the write-ahead log is copied into the database. That costs several syncs, so it is done between answers, in the first
 * quiet moment after enough of them; only a stream without one is held up, when the log has grown long.
 */
import { UserError } from '../../shared/errors.ts';
import type { Connection } from './database.ts';
import { failPoint } from './failPoints.ts';
import { explaining } from './storeErrors.ts';

/** Commits after which a quiet moment is waited for: about 4 MB of answers. */
const ENOUGH_COMMITS = 80;
/** A moment is quiet when nothing was committed for this long. */
export const QUIET_MS = 30;
/** Pages of 4 KiB at which SQLite itself makes a checkpoint within a commit. */
const MOST_PAGES = 4000;

export type Checkpoints = {
  /** To be called after each commit. */
  noteCommit(): void;
  stop(): void;
};

/** Copies what can be copied. A disk that refuses is left to the next commit, which tells it to someone. */
function checkpoint(connection: Connection): void {
  try {
    explaining(connection.read.path, () => {
      failPoint('checkpoint');
      connection.pragmaRows('wal_checkpoint(PASSIVE)');
      failPoint('checkpointed');
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

/** The checkpoints of one open database in WAL mode. */
export function createCheckpoints(connection: Connection): Checkpoints {
  connection.pragma(`wal_autocheckpoint = ${MOST_PAGES}`);
  let commits = 0;
  const timer = setTimeout(() => {
    if (commits < ENOUGH_COMMITS) return;
    commits = 0;
    checkpoint(connection);
  }, QUIET_MS);
  timer.unref();
  return {
    noteCommit: () => {
      commits++;
      if (commits >= ENOUGH_COMMITS) timer.refresh();
    },
    stop: () => clearTimeout(timer),
  };
}
