/**
 * `npm run bench:labels [scenarios]`: how long labels take on one core. Prints the processor time in which generated scenarios reach an mcse
 * of 0.25 points on all queries, how the same labels at 0.5 points lie around far longer runs in units of their error, the speed of a simple
 * program with all guards, and how long `credence infer` takes from start to end.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { infer } from '../../engine/inference/infer.ts';
import { compile } from '../../engine/program/compile.ts';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import { ENGINE_FLAGS } from '../../main/processes/engineFlags.ts';
import type { InferOptions, Posterior } from '../../shared/posterior.ts';
import type { Scenario } from '../../shared/scenario.ts';
import { scratchFolder } from '../scratch.ts';

for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);

const [count = 30] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, '..', '..');
const host = {
  load: (code: string, label: string): unknown => new Script(code, { filename: label }).runInThisContext(),
  now: () => performance.now() / 1000,
};
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs a program anew, compiling included, and gives its posterior with the processor seconds it took. */
function run(source: string, options: InferOptions): { readonly posterior: Posterior; readonly seconds: number } {
  const startedAt = processorSeconds();
  const posterior = infer(compile(source), options, host);
  return { posterior, seconds: processorSeconds() - startedAt };
}

function* scenarios(): Generator<Scenario> {
  for (const domain of ['sports', 'healthcare', 'general'] as const)
    yield* generateScenarios({ domain, count: Math.ceil(count / 3), seed: 7 });
}

const quantile = (sorted: readonly number[], share: number): string =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2);

function measureLabels(): void {
  const times: number[] = [];
  const distances: number[] = [];
  for (const { program = '' } of scenarios()) {
    times.push(run(program, { precision: 0.25, seed: 3 }).seconds);
    const label = run(program, { precision: 0.5, seed: 11 }).posterior;
    const reference = run(program, { precision: 0.17, seed: 12 }).posterior;
    for (const [id, { mean, mcse }] of Object.entries(label.queries)) {
      const other = reference.queries[id];
      distances.push(((mean ?? 0) - (other.mean ?? 0)) / Math.hypot(mcse ?? 0, other.mcse ?? 0));
    }
  }
  times.sort((a, b) => a - b);
  const squares = distances.reduce((sum, z) => sum + z * z, 0) / distances.length;
  console.log(
    `labels to 0.25 points: median ${quantile(times, 0.5)} s, 90 % within ${quantile(times, 0.9)} s, worst ${quantile(times, 1)} s (${times.length} scenarios, processor time)`,
  );
  console.log(
    `labels to 0.5 points around runs to 0.17: root mean square ${Math.sqrt(squares).toFixed(2)} errors, farthest ${Math.max(...distances.map(Math.abs)).toFixed(2)} (${distances.length} queries)`,
  );
}

const SIMPLE = 'var model = function () { var a = uniform(0, 100); condition(a > 20); return {a: a}; };';

function measureSimple(): void {
  const { posterior, seconds } = run(SIMPLE, { method: 'rejection', samples: 4_000_000, seed: 1 });
  console.log(`a simple program: ${(posterior.executions / seconds / 1e6).toFixed(1)} million runs/s`);
}

function measureStart(): void {
  const file = join(scratchFolder(), 'simple.wppl');
  writeFileSync(file, SIMPLE);
  const times = Array.from({ length: 7 }, () => {
    const startedAt = performance.now();
    const { status } = spawnSync(process.execPath, [
      join(root, 'bin', 'credence.js'),
      'infer',
      file,
      '--samples',
      '100',
    ]);
    if (status !== 0) throw new Error('credence infer failed: run npm run build first');
    return (performance.now() - startedAt) / 1000;
  }).sort((a, b) => a - b);
  console.log(`credence infer, from start to end: median ${quantile(times, 0.5)} s of ${times.length}`);
}

measureStart();
measureSimple();
measureLabels();
