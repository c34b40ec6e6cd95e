/**
 * Training on a graphics card: 50 LoRA steps of a transformer shaped like Qwen2.5 0.5B, random weights kept as float16 and as int4, beside the CPU's.
 * Prints tokens/s, memory and the loss every ten steps; without a card it says "not measured" and why.
 * Usage: node test/bench/gpu.ts [--steps N] [--cpu-steps N] [--shape half|small] [--threads N]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../engine/random.ts';
import { initFineTune, stepFineTune } from '../../engine/training/fineTune.ts';
import { memoryPlan } from '../../engine/training/memoryPlan.ts';
import type { Architecture } from '../../engine/transformer/architecture.ts';
import type { Backend } from '../../engine/transformer/backend.ts';
import { openBaseWeights } from '../../main/processes/baseWeights.ts';
import { createCpuBackend, objectionTo, openBackend } from '../../main/processes/ortBackend.ts';
import type { WeightType } from '../../shared/training.ts';
import { QWEN_HALF_B, weightCount, writeSyntheticFolder } from './syntheticFolder.ts';
import { randomIds, SMALL, scenarioOf, setUp } from './trainingShapes.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '50' },
    'cpu-steps': { type: 'string', default: '50' },
    shape: { type: 'string', default: 'half' },
    threads: { type: 'string', default: '2' },
  },
});
const TOKENS = 256;
const SCENARIOS = 16;
const BATCH = 2;
const SHOWN_EVERY = 10;
const GIB = 2 ** 30;

/** Mebibytes in use on an NVIDIA card, or null where that cannot be asked. */
function cardMebibytes(): number | null {
  try {
    const text = execFileSync('nvidia-smi', ['--query-gpu=memory.used', '--format=csv,noheader,nounits'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(text.split('\n')[0]);
  } catch {
    // No NVIDIA card or driver: other vendors have no tool that is always there.
    return null;
  }
}

type Place = { readonly folder: string; readonly architecture: Architecture };

/** Trains `steps` steps and prints a line: speed, memory and losses. */
async function bench(
  backend: Backend,
  weights: WeightType,
  steps: number,
  { folder, architecture }: Place,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'credence-weights-'));
  const before = cardMebibytes();
  const frozen = await openBaseWeights(folder, architecture, { type: weights, device: backend.name, scratch });
  const ids = (seed: number, count: number): number[] => randomIds(seed, count);
  const scenarios = Array.from({ length: SCENARIOS }, (_, i) => {
    const context = ids(i, TOKENS - 20);
    return scenarioOf(
      `s${i}`,
      [1, 2].map((q) => [...context, ...ids(100 * q + i, 10)]),
    );
  });
  // One answer for all: a loss that can fall.
  const config = { target: 'mean' as const, batch: BATCH, learningRate: 1e-3, steps };
  const setup = await setUp(backend, architecture, { frozen, scenarios, config, isCheckpointed: true });
  let state = initFineTune(createRandom(1), setup.layout);
  const losses: number[] = [];
  let [tokens, seconds] = [0, 0];
  for (let step = 0; step < steps; step++) {
    const startedAt = performance.now();
    const result = await stepFineTune(setup, state);
    state = result.state;
    losses.push(result.info.loss);
    // The first step compiles shaders.
    if (step === 0) continue;
    tokens += result.info.tokens;
    seconds += (performance.now() - startedAt) / 1000;
  }
  const used = cardMebibytes();
  const plan = memoryPlan(
    architecture,
    setup.spec,
    { rows: BATCH, tokens: TOKENS, reads: 2 },
    { weights, isCheckpointed: true },
  );
  const measured =
    backend.name === 'cpu' || used === null || before === null
      ? ''
      : `, ${((used - before) / 1024).toFixed(2)} GiB in use on the card`;
  const shown = losses.filter((_, step) => step % SHOWN_EVERY === 0 || step === steps - 1);
  console.log(
    `${backend.name}, ${weights}: ${(tokens / seconds).toFixed(0)} tokens/s over ${steps} steps, planned ${(plan.total / GIB).toFixed(2)} GiB${measured}; ` +
      `loss every ${SHOWN_EVERY} steps ${shown.map((loss) => loss.toFixed(4)).join(' ')}`,
  );
  await setup.executable.release();
  frozen.close();
  rmSync(scratch, { recursive: true, force: true });
}

const objections = { cuda: await objectionTo('cuda'), webgpu: await objectionTo('webgpu') };
const provider = (['cuda', 'webgpu'] as const).find((name) => objections[name] === null);
if (provider === undefined) {
  console.log('graphics card: not measured');
  for (const [name, objection] of Object.entries(objections)) console.log(`  ${name}: ${objection}`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'credence-gpu-'));
  try {
    const architecture = writeSyntheticFolder(folder, values.shape === 'small' ? SMALL : QWEN_HALF_B);
    const size = (weightCount(architecture) / 1e9).toFixed(3);
    console.log(`${size} B random weights, ${BATCH} scenarios of about ${TOKENS} tokens and 2 queries a step, rank 8`);
    const gpu = await openBackend(provider, 1);
    const cpu = createCpuBackend(Number(values.threads));
    for (const weights of ['float16', 'int4'] as const) {
      await bench(gpu, weights, Number(values.steps), { folder, architecture });
      await bench(cpu, weights, Number(values['cpu-steps']), { folder, architecture });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
