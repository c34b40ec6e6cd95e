/**
 * `npm run verify [AREA…]`: measures every figure the project promises, at full size, and prints them as a table. Takes hours; areas are
 * named to measure a part. Exits with 1 when a promise does not hold.
 */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { DATASET } from './verify/dataset.ts';
import { MAIN_JOB } from './verify/mainJob.ts';
import { PROGRAMS } from './verify/programs.ts';
import type { CommandOutcome, FiguredPromise } from './verify/promise.ts';
import { STORE } from './verify/store.ts';
import { TRAINING } from './verify/training.ts';

const PROMISES: readonly FiguredPromise[] = [...MAIN_JOB, ...PROGRAMS, ...DATASET, ...TRAINING, ...STORE];
const root = join(import.meta.dirname, '..');

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): CommandOutcome {
  const startedAt = performance.now();
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env, PATH: path },
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (status !== 0) console.error(stderr.slice(-2000));
  return { code: status, output: stdout, seconds };
}

const areas = process.argv.slice(2);
const known = [...new Set(PROMISES.map(({ area }) => area))];
const unknown = areas.find((area) => !known.includes(area));
if (unknown !== undefined) {
  console.error(`verify: unknown area "${unknown}"; the areas are ${known.join(', ')}`);
  process.exit(1);
}
let broken = 0;
for (const { area, promise, measure } of PROMISES) {
  if (areas.length > 0 && !areas.includes(area)) continue;
  const { figure, holds } = measure(run);
  if (holds === false) broken++;
  console.log(
    `${holds === false ? 'BROKEN' : holds ? 'holds ' : 'figure'}  ${area.padEnd(9)} ${promise}\n${' '.repeat(18)}${figure}`,
  );
}
console.log(`\n${broken === 0 ? 'every promise measured holds' : `${broken} broken`}`);
process.exitCode = broken === 0 ? 0 : 1;
