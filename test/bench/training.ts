/**
 * Speed of training: one LoRA step (hidden 256, 6 layers, vocabulary 4096, 2 × 384 tokens, rank 8, AdamW) against PyTorch where a Python with
 * torch is found; four queries per scenario packed against asked one by one, with their gradients compared; memory over 1,000 steps.
 * Prints times and ratios, gates nothing.
 * Usage: node --expose-gc test/bench/training.ts [--threads N] [--rounds N]
 * CREDENCE_PYTHON names a Python to use instead of python3.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../engine/random.ts';
import { batchGradient, type FineTuneSetup, initFineTune, stepFineTune } from '../../engine/training/fineTune.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { relativeDifference } from '../engine/transformer/goldens.ts';
import { randomIds, randomWeights, scenarioOf, setUp, smallArchitecture } from './trainingShapes.ts';

const { values } = parseArgs({
  options: { threads: { type: 'string', default: '2' }, rounds: { type: 'string', default: '5' } },
});
const threads = Number(values.threads);
const rounds = Number(values.rounds);
const WARM_UP = 3;
const STEPS = 10;
const TOKENS = 384;
const QUERIES = 4;
const LONG_RUN = 1000;
const MIB = 2 ** 20;

const architecture = smallArchitecture();
const backend = createCpuBackend(threads);
const frozen = randomWeights(architecture);

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Median milliseconds of a step. */
async function stepMs(setup: FineTuneSetup): Promise<number> {
  let state = initFineTune(createRandom(1), setup.layout);
  const times: number[] = [];
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    const startedAt = performance.now();
    ({ state } = await stepFineTune(setup, state));
    if (step >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** The Python that has torch, or null. */
function findPython(): string | null {
  const python = process.env.CREDENCE_PYTHON ?? 'python3';
  return spawnSync(python, ['-c', 'import torch']).status === 0 ? python : null;
}

/** Median milliseconds of the same step in PyTorch, and its version. */
function torchStep(python: string): { ms: number; version: string } {
  const { hiddenSize, layers, heads, keyValueHeads, headSize, intermediateSize, vocabularySize } = architecture;
  const sizes = { hiddenSize, layers, heads, keyValueHeads, headSize, intermediateSize, vocabularySize };
  const run = { alpha: 16, rank: 8, tokens: TOKENS, rows: 2, threads, warmUp: WARM_UP, steps: STEPS };
  const script = join(import.meta.dirname, 'loraStep.py');
  const printed = execFileSync(python, [script, JSON.stringify({ ...sizes, ...run })], { encoding: 'utf8' });
  const { seconds, torch } = JSON.parse(printed) as { seconds: number; torch: string };
  return { ms: 1000 * seconds, version: torch };
}

/** Rounds alternate between the two, so that other work on the machine falls on both. */
async function benchStep(): Promise<void> {
  const scenarios = [1, 2].map((seed) => scenarioOf(`s${seed}`, [randomIds(seed, TOKENS)]));
  const setup = await setUp(backend, architecture, { frozen, scenarios, config: { batch: 2 } });
  const python = findPython();
  const pairs: { ours: number; torch: { ms: number; version: string } | null }[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ ours: await stepMs(setup), torch: python === null ? null : torchStep(python) });
  await setup.executable.release();
  const ours = median(pairs.map((pair) => pair.ours));
  console.log(`LoRA step, 2 × ${TOKENS} tokens, ${threads} threads: median ${ours.toFixed(0)} ms of ${rounds} rounds`);
  const theirs = pairs.flatMap(({ torch }) => torch ?? []);
  if (theirs.length === 0) console.log('PyTorch: not measured, no Python with torch found (CREDENCE_PYTHON names one)');
  else {
    const ratio = median(pairs.map(({ ours: ms, torch }) => ms / (torch?.ms ?? Number.NaN)));
    const ms = median(theirs.map((run) => run.ms));
    console.log(`PyTorch ${theirs[0].version}: ${ms.toFixed(0)} ms; median ratio of the rounds ${ratio.toFixed(2)}`);
  }
}

async function benchPacking(): Promise<void> {
  const context = randomIds(3, 280);
  const sequences = Array.from({ length: QUERIES }, (_, q) => [...context, ...randomIds(4 + q, 30)]);
  const together = await setUp(backend, architecture, {
    frozen,
    scenarios: [scenarioOf('packed', sequences)],
    config: { batch: 1 },
  });
  const apart = await setUp(backend, architecture, {
    frozen,
    scenarios: sequences.map((ids, q) => scenarioOf(`apart-${q}`, [ids])),
    config: { batch: QUERIES },
  });
  const vector = initFineTune(createRandom(2), together.layout).vector.map((value, i) => value + 0.01 * Math.sin(i));
  const gradients = [together, apart].map(() => new Float32Array(together.layout.length));
  for (const [i, setup] of [together, apart].entries()) await batchGradient(setup, vector, gradients[i], 0);
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await stepMs(together), await stepMs(apart)]);
  const perSecond = (column: 0 | 1): string => ((1000 * QUERIES) / median(pairs.map((p) => p[column]))).toFixed(1);
  console.log(
    `${QUERIES} queries on one text: packed ${perSecond(0)} queries/s, apart ${perSecond(1)}; median ratio of the rounds ` +
      `${median(pairs.map(([a, b]) => b / a)).toFixed(2)}; gradients differ by ${relativeDifference(gradients[0], gradients[1]).toExponential(1)} (relative L2)`,
  );
  await apart.executable.release();
  await together.executable.release();
}

/** On short scenarios of changing length: what is left over after a step does not depend on how long it took. */
async function benchMemory(): Promise<void> {
  const scenarios = Array.from({ length: 20 }, (_, i) => scenarioOf(`s${i}`, [randomIds(i, 24 + i)]));
  const setup = await setUp(backend, architecture, { frozen, scenarios, config: { batch: 2 } });
  let state = initFineTune(createRandom(1), setup.layout);
  const figures: { rss: number; heap: number; buffers: number }[] = [];
  for (let step = 0; step <= LONG_RUN; step++) {
    if (step === LONG_RUN / 10 || step === LONG_RUN) {
      globalThis.gc?.();
      const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
      figures.push({ rss, heap: heapUsed, buffers: arrayBuffers });
    }
    ({ state } = await stepFineTune(setup, state));
  }
  await setup.executable.release();
  const [early, late] = figures;
  const growth = (part: keyof typeof early): string => `${((late[part] - early[part]) / MIB).toFixed(1)} MiB`;
  console.log(
    `memory from step ${LONG_RUN / 10} to ${LONG_RUN}: resident ${growth('rss')} more, heap ${growth('heap')}, array buffers ${growth('buffers')}`,
  );
}

await benchStep();
await benchPacking();
await benchMemory();
