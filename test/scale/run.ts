/**
 * `npm run test:dataset-scale [count] [steps] [folder]`: built-in scenarios of all domains, styles and team sizes from motif to training data by
 * the command line. Steps, `build,shards,kills` if absent: one build with its time and memory; the same in four shards, merged; the same
 * killed ten times at random. The bytes must be those of the first. A folder given is kept, and a build in it goes on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { checkScenario } from '../../engine/scenario/checker.ts';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import { scratchFolder } from '../scratch.ts';
import { treeBytes, treeSeconds } from './processTree.ts';

const CLI = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
const SEED = 1;
const SHARDS = 4;
const KILLS = 10;

type Run = { readonly seconds: number; readonly cpuSeconds: number; readonly bytes: number };

/** Runs the command line; killed after `killMs` if given. Throws where it fails by itself. */
async function runCli(args: readonly string[], killMs?: number): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'ignore' });
  let bytes = 0;
  let cpuSeconds = 0;
  const watch = setInterval(() => {
    if (child.pid === undefined) return;
    bytes = Math.max(bytes, treeBytes(child.pid));
    cpuSeconds = Math.max(cpuSeconds, treeSeconds(child.pid));
  }, 500);
  const kill = killMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killMs);
  const [code] = await once(child, 'exit');
  if (code !== 0 && killMs === undefined) throw new Error(`credence ${args.join(' ')} ended with ${code}`);
  clearInterval(watch);
  clearTimeout(kill);
  return { cpuSeconds, seconds: (performance.now() - startedAt) / 1000, bytes };
}

/** Writes `count` scenarios in even shares of the domains and styles; the number of faults the motif checker finds. */
function writeMixed(file: string, count: number): number {
  const kinds = (['sports', 'healthcare', 'general'] as const).flatMap((domain) =>
    (['structured', 'free-form'] as const).map((style) => ({ domain, style })),
  );
  const streams = kinds.map((kind) => generateScenarios({ ...kind, count, seed: SEED }));
  const lines: string[] = [];
  let faults = 0;
  for (let i = 0; i < count; i++) {
    const { value } = streams[i % streams.length].next();
    if (!value) break;
    faults += checkScenario(value).length;
    lines.push(JSON.stringify(value));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return faults;
}

/** Every file of a dataset with its text. */
const contentsOf = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

/** The names of the files in which two datasets differ. */
function differences(a: string, b: string): string[] {
  const [one, other] = [contentsOf(a), contentsOf(b)];
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
}

const [count = 10_000, steps = 'build,shards,kills', given] = process.argv.slice(2);
const folder = given ?? scratchFolder();
const at = (name: string): string => join(folder, name);
mkdirSync(folder, { recursive: true });
const build = (out: string, ...more: string[]): string[] => [
  ...['dataset', 'build', '--scenarios', at('scenarios.jsonl'), '--out', at(out)],
  ...more,
];
const report = (step: string, text: string): void => console.log(`${step}: ${text}`);
const expectSame = (step: string, out: string): void => {
  const different = differences(at('whole'), at(out));
  report(step, different.length === 0 ? 'identical bytes' : `DIFFERENT: ${different.join(', ')}`);
  if (different.length > 0) process.exitCode = 1;
};

const generatedAt = performance.now();
const faults = writeMixed(at('scenarios.jsonl'), Number(count));
report('generate', `${count} scenarios in ${((performance.now() - generatedAt) / 1000).toFixed(1)} s`);
report(
  'motifs',
  faults === 0
    ? `motif checker agrees on all ${Number(count).toLocaleString('en')}`
    : `the motif checker finds ${faults} faults`,
);
if (faults > 0) process.exitCode = 1;

const whole = await runCli(build('whole'));
const manifest = JSON.parse(readFileSync(at('whole/dataset.json'), 'utf8'));
for (const [cell, { labelled, rejected }] of Object.entries<{ labelled: number; rejected: number }>(manifest.cells))
  report(`cell ${cell}`, `${labelled} labelled, ${rejected} rejected`);
report(
  'build',
  `${(whole.seconds / 60).toFixed(1)} minutes on ${availableParallelism()} cores under a load of ${loadavg()[0].toFixed(1)}`,
);
report(
  'build',
  `${(whole.cpuSeconds / 60).toFixed(1)} processor minutes, ${(whole.bytes / 2 ** 20).toFixed(0)} MB at most`,
);

if (steps.includes('shards')) {
  for (let i = 1; i <= SHARDS; i++) await runCli(build(`shard-${i}`, '--shard', `${i}/${SHARDS}`));
  const parts = Array.from({ length: SHARDS }, (_, i) => at(`shard-${i + 1}`));
  await runCli(['dataset', 'merge', ...parts, '--out', at('merged')]);
  expectSame('shards', 'merged');
}

if (steps.includes('kills')) {
  const random = createRandom(SEED).split('kills');
  for (let i = 0; i < KILLS; i++)
    await runCli(build('killed'), 1000 * (1 + ((2 * whole.seconds) / KILLS) * random.uniform()));
  await runCli(build('killed'));
  expectSame('kills', 'killed');
}
if (given === undefined) rmSync(folder, { recursive: true, force: true });
