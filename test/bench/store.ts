/**
 * `npm run bench:store [seconds]`: time from an answer's arrival to its acknowledgement, while 8 clients answer once a second each and
 * programs keep every core busy, against the least that durability costs on the same disk at the same time: one fdatasync of a log and
 * one synced SQLite commit of the same bytes, and the first of them alone.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInferencePool, type InferencePool } from '../../main/processes/inferencePool.ts';
import { openDatabase } from '../../main/store/database.ts';
import { openLab } from '../main/store/openLab.ts';

const [seconds = 300] = process.argv.slice(2).map(Number);
const CLIENTS = 8;
/** What one answer puts into log and database, about. */
const RECORD_BYTES = 560;

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * times.length)];

/** The floor: calls that do the same syncs and nothing else. */
function createFloor(folder: string): { sync: () => void; commit: () => void; close: () => void } {
  const descriptor = openSync(join(folder, 'floor.log'), 'w');
  const connection = openDatabase(join(folder, 'floor.sqlite'));
  connection.exec('CREATE TABLE record (id INTEGER PRIMARY KEY, body BLOB) STRICT');
  const body = Buffer.alloc(RECORD_BYTES, 7);
  return {
    sync: () => {
      writeSync(descriptor, body);
      fdatasyncSync(descriptor);
    },
    commit: () => {
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

/** Keeps every worker of the pool at a program that takes long, until the pool is stopped. */
function saturate(pool: InferencePool): void {
  const source = 'var model = function () { return {coin: flip(0.3) ? 100 : 0}; };';
  const again = (seed: number): void =>
    void pool.run({ source, options: { method: 'forward', samples: 20_000_000, seed } }).then(
      () => again(seed + 1),
      () => undefined,
    );
  for (let worker = 0; worker < availableParallelism(); worker++) again(worker * 1000);
}

const lab = await openLab(CLIENTS, 0, tmpdir());
const folder = mkdtempSync(join(tmpdir(), 'floor-'));
const floor = createFloor(folder);
const pool = createInferencePool({ workers: availableParallelism() });
saturate(pool);
const delay = monitorEventLoopDelay({ resolution: 5 });
const times = { ours: [] as number[], floor: [] as number[], sync: [] as number[] };
delay.enable();
for (let i = 0; i < seconds * CLIENTS; i++) {
  const next = new Promise((resolve) => setTimeout(resolve, 1000 / CLIENTS));
  times.ours.push(timed(() => lab.submit(i % CLIENTS)));
  await next;
  // Between answers, so that neither waits for the other.
  const sync = timed(floor.sync);
  times.sync.push(sync);
  times.floor.push(sync + timed(floor.commit));
}
delay.disable();
for (const q of [0.5, 0.99]) {
  const [ours, least, sync] = [times.ours, times.floor, times.sync].map((list) => quantile(list, q));
  console.log(
    `p${q * 100}: acknowledged in ${ours.toFixed(2)} ms; log sync and commit ${least.toFixed(2)} ms (ratio ${(ours / least).toFixed(2)}); one bare sync ${sync.toFixed(2)} ms (ratio ${(ours / sync).toFixed(2)})`,
  );
}
console.log(
  `event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, answers ${times.ours.length}, load ${loadavg()[0].toFixed(1)}`,
);
await pool.stop();
floor.close();
await lab.remove();
rmSync(folder, { recursive: true, force: true });
