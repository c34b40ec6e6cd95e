/**
 * `npm run bench:store [seconds]`: time from an answer's sending by another process to its acknowledgement, while 8 clients answer once a second each and
 * programs keep every core busy, part by part; and the least that durability costs on the same disk in the same minutes: one synced append
 * to a log and one synced SQLite commit of the same bytes, in a process beside this one. Fails above the figures stated below.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInferencePool, type InferencePool } from '../../main/processes/inferencePool.ts';
import { DURABLE_STEPS } from '../../main/store/failPoints.ts';
import { openLab } from '../main/store/openLab.ts';
import type { AnswerTime } from './answerTimes.ts';
import type { FloorTimes } from './syncFloor.ts';

const [seconds = 300] = process.argv.slice(2).map(Number);
const CLIENTS = 8;
const MOST = { p50: 2, p99: 30, loop: 20 };

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * times.length)] ?? Number.NaN;

/** What lies between two steps of an answer's way, by the step that ends it. */
const PARTS: Readonly<Record<string, string>> = {
  'log-append': 'checks and sealing',
  'log-sync': 'log write',
  'log-synced': 'log sync',
  'db-commit': 'statements',
  'db-committed': 'commit',
};

/** Milliseconds of each part, over all answers. */
function recordParts(): { readonly times: ReadonlyMap<string, number[]>; readonly begin: () => number } {
  const times = new Map(Object.values(PARTS).map((part) => [part, [] as number[]]));
  let since = 0;
  DURABLE_STEPS.subscribe((step) => {
    const list = times.get(PARTS[String(step)] ?? '');
    if (!list) return;
    const now = performance.now();
    list.push(now - since);
    since = now;
  });
  return {
    times,
    begin: () => {
      since = performance.now();
      return since;
    },
  };
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
const floor = fork(join(import.meta.dirname, 'syncFloor.ts'), [String(1000 / CLIENTS)]);
const pool = createInferencePool({ workers: availableParallelism(), isBackground: true });
saturate(pool);
const parts = recordParts();
const delay = monitorEventLoopDelay({ resolution: 5 });
const ours: number[] = [];
const handled: number[] = [];
delay.enable();
const clients = fork(join(import.meta.dirname, 'answerTimes.ts'), [String(CLIENTS), String(seconds * CLIENTS)], {
  serialization: 'advanced',
});
clients.on('message', ({ client, sentAt }: AnswerTime) => {
  const startedAt = parts.begin();
  lab.submit(client);
  handled.push(performance.now() - startedAt);
  ours.push(Number(process.hrtime.bigint() - sentAt) / 1e6);
});
await once(clients, 'exit');
delay.disable();
const least = await new Promise<readonly FloorTimes[]>((resolve) => {
  floor.once('message', (times) => resolve(times as readonly FloorTimes[]));
  floor.send('stop');
});
const rows = {
  'sent to acknowledged': ours,
  'arrived to acknowledged': handled,
  ...Object.fromEntries(parts.times),
  'floor: log sync and commit': least.map(({ sync, commit }) => sync + commit),
  'floor: one bare sync': least.map(({ sync }) => sync),
};
const figures = Object.entries(rows).map(([part, times]) => ({
  part,
  'p50 ms': Number(quantile(times, 0.5).toFixed(2)),
  'p99 ms': Number(quantile(times, 0.99).toFixed(2)),
  'max ms': Number(Math.max(...times).toFixed(1)),
}));
console.table(figures);
const reached = { p50: quantile(ours, 0.5), p99: quantile(ours, 0.99), loop: delay.percentile(99) / 1e6 };
const isGood = reached.p50 <= MOST.p50 && reached.p99 <= MOST.p99 && reached.loop <= MOST.loop;
console.log(
  `store: ${isGood ? 'passed' : 'FAILED'}: ${ours.length} answers, acknowledged in p50 ${reached.p50.toFixed(2)} ms (at most ${MOST.p50}), p99 ${reached.p99.toFixed(2)} ms (at most ${MOST.p99}), event loop delay p99 ${reached.loop.toFixed(1)} ms (at most ${MOST.loop}), load ${loadavg()[0].toFixed(1)}`,
);
process.exitCode = isGood ? 0 : 1;
await pool.stop();
await lab.remove();
