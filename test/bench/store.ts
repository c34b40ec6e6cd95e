/**
 * `npm run bench:store [answers]`: time from an answer's arrival to its acknowledgement, against the least that durability costs on the
 * same disk at the same time: one fdatasync of a log and one synced SQLite commit of the same bytes.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openDatabase } from '../../main/store/database.ts';
import { openLab } from '../main/store/openLab.ts';

const [answers = 1000] = process.argv.slice(2).map(Number);
/** What one answer puts into log and database, about. */
const RECORD_BYTES = 560;

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * times.length)];

/** The floor: calls that do the same syncs and nothing else. */
function createFloor(folder: string): { step: () => void; close: () => void } {
  const descriptor = openSync(join(folder, 'floor.log'), 'w');
  const connection = openDatabase(join(folder, 'floor.sqlite'));
  connection.exec('CREATE TABLE record (id INTEGER PRIMARY KEY, body BLOB) STRICT');
  const body = Buffer.alloc(RECORD_BYTES, 7);
  return {
    step: () => {
      writeSync(descriptor, body);
      fdatasyncSync(descriptor);
      connection.write.transaction(() => connection.write.run('INSERT INTO record (body) VALUES (?)', body));
    },
    close: () => {
      closeSync(descriptor);
      connection.close();
    },
  };
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const lab = await openLab(8, 0, tmpdir());
const folder = mkdtempSync(join(tmpdir(), 'floor-'));
const floor = createFloor(folder);
const delay = monitorEventLoopDelay({ resolution: 5 });
const ours: number[] = [];
const least: number[] = [];
delay.enable();
for (let i = 0; i < answers; i++) {
  ours.push(timed(() => lab.submit(i % 8)));
  least.push(timed(floor.step));
  await new Promise((resolve) => setTimeout(resolve, 2));
}
delay.disable();
for (const q of [0.5, 0.99])
  console.log(
    `p${q * 100}: acknowledged in ${quantile(ours, q).toFixed(2)} ms, floor ${quantile(least, q).toFixed(2)} ms, ratio ${(quantile(ours, q) / quantile(least, q)).toFixed(2)}`,
  );
console.log(`event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, answers ${answers}`);
floor.close();
await lab.remove();
rmSync(folder, { recursive: true, force: true });
