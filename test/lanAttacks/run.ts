/** `npm run test:lan [seconds per attack] [stations]`: prints a table and fails on a breach, a crash, a lost answer or a station kept waiting. */
import { loadavg } from 'node:os';
import { runAttacks } from './lanAttacks.ts';

const [seconds = 15, stations = 8] = process.argv.slice(2).map(Number);
const MAX_P99_MS = 100;
console.log(`attacks on a lab network: ${stations} stations, ${seconds} s each`);
const { rows, end, acknowledged } = await runAttacks({ stations, ms: seconds * 1000 });
const rounded = (value: number): number => Number(value.toFixed(1));
console.table(
  rows.map(({ attack, tried, breaches, answers, failed, p50Ms, p99Ms, machineDelayMs }) => ({
    attack,
    tried,
    breaches: breaches.length,
    answers,
    failed,
    p50Ms: rounded(p50Ms),
    p99Ms: rounded(p99Ms),
    machineDelayMs: rounded(machineDelayMs),
  })),
);
for (const { attack, breaches } of rows) for (const breach of breaches) console.log(`${attack}: ${breach}`);
const { deaths, responses, faults, maxResidentBytes, loopDelayMs } = end;
console.log(
  `crashes ${deaths}, acknowledged ${acknowledged}, stored ${responses}, faults ${faults.length}, memory ${(maxResidentBytes / 2 ** 20).toFixed(0)} MiB, event loop p99 ${loopDelayMs.toFixed(1)} ms, load ${loadavg()[0].toFixed(1)}`,
);
const isGood =
  deaths === 0 &&
  faults.length === 0 &&
  responses >= acknowledged &&
  rows.every((row) => row.breaches.length === 0 && row.failed === 0 && row.p99Ms < MAX_P99_MS);
console.log(isGood ? 'lan: passed' : 'lan: FAILED');
process.exitCode = isGood ? 0 : 1;
