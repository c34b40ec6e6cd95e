/**
 * A recording of what a store writes while answers come in: the bytes of log, database and write-ahead log at each durable step, and which
 * of them were synced by then. What is synced when: the log between `log-sync` and `log-synced` (our own fdatasync); at a commit with
 * synchronous=FULL the write-ahead log; at a checkpoint, in a commit or in a quiet moment, the database. What is not synced a power cut may
 * lose.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { QUIET_MS } from '../../main/store/checkpoints.ts';
import { DURABLE_STEPS, type FailPoint } from '../../main/store/failPoints.ts';
import type { WorkspacePaths } from '../../main/workspacePaths.ts';

export type Files = { readonly log: Buffer; readonly database: Buffer; readonly wal: Buffer };

/**
 * One stretch in which writes may be lost: from `synced`, which is on disk for sure, to `written`, of which any part may have arrived in
 * any order. `acknowledged` answers had been acknowledged before it.
 */
export type Stretch = { readonly synced: Files; readonly written: Files; readonly acknowledged: number };

/** Answers after which it is quiet for a while. */
const QUIET_EVERY = 20;

const read = (path: string): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0));

const PAGE_OF_ZEROS = Buffer.alloc(4096);

/** The bytes up to the last page that holds anything: a recording of many steps need not keep the room behind the write-ahead log. */
function readUsed(path: string): Buffer {
  const bytes = read(path);
  let end = bytes.length;
  while (end >= PAGE_OF_ZEROS.length && bytes.subarray(end - PAGE_OF_ZEROS.length, end).equals(PAGE_OF_ZEROS))
    end -= PAGE_OF_ZEROS.length;
  return Buffer.from(bytes.subarray(0, end));
}

/**
 * Records while `submit` is called for each answer. `isSynced: false` tells it as if SQLite never synced and there were no log: the
 * negative control.
 */
export async function recordStretches(
  paths: WorkspacePaths,
  answers: number,
  submit: () => void,
  { isSynced }: { isSynced: boolean },
): Promise<Stretch[]> {
  const current = (): Files => ({
    log: read(paths.log),
    database: read(paths.database),
    wal: readUsed(`${paths.database}-wal`),
  });
  const stretches: Stretch[] = [];
  let synced = current();
  let acknowledged = 0;
  const add = (from: Files, to: Files): void => void stretches.push({ synced: from, written: to, acknowledged });
  const onStep = (step: unknown): void => {
    if (!isSynced) return;
    if ((step as FailPoint) === 'log-sync') add(synced, { ...synced, log: read(paths.log) });
    if ((step as FailPoint) === 'log-synced') synced = { ...synced, log: read(paths.log) };
    if ((step as FailPoint) === 'db-committed') {
      const written = current();
      const isCheckpoint = !written.database.equals(synced.database);
      add(synced, { ...synced, wal: written.wal });
      if (isCheckpoint) add({ ...synced, wal: written.wal }, written);
      synced = written;
    }
    if ((step as FailPoint) === 'checkpointed') {
      const written = current();
      add(synced, written);
      synced = written;
    }
  };
  DURABLE_STEPS.subscribe(onStep);
  try {
    for (; acknowledged < answers; acknowledged++) {
      submit();
      if (!isSynced) stretches.push({ synced, written: current(), acknowledged: acknowledged + 1 });
      if (acknowledged % QUIET_EVERY === QUIET_EVERY - 1) await wait(3 * QUIET_MS);
    }
  } finally {
    DURABLE_STEPS.unsubscribe(onStep);
  }
  return stretches;
}
