/**
 * The least that durability costs, in a process of its own so that it holds nobody up: once in each interval the same bytes as an answer's
 * go into a log and a database, synced. Tells its parent each pair of times when asked, and ends.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../main/store/database.ts';

/** What one answer puts into log and database, about. */
const RECORD_BYTES = 560;
const intervalMs = Number(process.argv[2]);

/** Milliseconds of one synced append to a log, and of one synced commit after it. */
export type FloorTimes = { readonly sync: number; readonly commit: number };

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const folder = mkdtempSync(join(tmpdir(), 'floor-'));
const descriptor = openSync(join(folder, 'floor.log'), 'w');
const connection = openDatabase(join(folder, 'floor.sqlite'));
connection.exec('CREATE TABLE record (id INTEGER PRIMARY KEY, body BLOB) STRICT');
const body = Buffer.alloc(RECORD_BYTES, 7);
const times: FloorTimes[] = [];
const timer = setInterval(() => {
  const sync = timed(() => {
    writeSync(descriptor, body);
    fdatasyncSync(descriptor);
  });
  const commit = timed(() =>
    connection.write.transaction(() => connection.write.run('INSERT INTO record (body) VALUES (?)', body)),
  );
  times.push({ sync, commit });
}, intervalMs);

process.once('message', () => {
  clearInterval(timer);
  closeSync(descriptor);
  connection.close();
  rmSync(folder, { recursive: true, force: true });
  process.send?.(times, () => process.disconnect());
});
