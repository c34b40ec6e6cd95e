/**
 * Speed of training: one LoRA step (hidden 256, 6 layers, vocabulary 4096, 2 × 384 tokens, rank 8, AdamW), and four queries per scenario packed
 * against asked one by one. Prints times and ratios, gates nothing.
 * Usage: node test/bench/training.ts [--threads N] [--steps N]
 */
import { parseArgs } from 'node:util';
import { createRandom } from '../../engine/random.ts';
import { initAdam, stepAdam } from '../../engine/training/adamw.ts';
import { buildTrainingGraph, gradientName } from '../../engine/training/answerGraph.ts';
import { adapterLayout, DEFAULT_PROJECTIONS, initAdapter } from '../../engine/training/lora.ts';
import { layoutParameters, parameterTensors, parameterViews } from '../../engine/training/parameters.ts';
import { type PackedScenario, packScenario, queryTree } from '../../engine/training/prefixPacking.ts';
import { buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import { readArchitecture, weightShapes } from '../../engine/transformer/architecture.ts';
import { inverseFrequencies, rotaryFeeds } from '../../engine/transformer/rope.ts';
import { packTrees } from '../../engine/transformer/tokenTree.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';

const { values } = parseArgs({
  options: { threads: { type: 'string', default: '2' }, steps: { type: 'string', default: '20' } },
});
const steps = Number(values.steps);
const WARM_UP = 3;
const TOKENS = 384;

const architecture = readArchitecture(
  {
    model_type: 'llama',
    hidden_size: 256,
    num_hidden_layers: 6,
    num_attention_heads: 8,
    num_key_value_heads: 4,
    intermediate_size: 704,
    vocab_size: 4096,
    rms_norm_eps: 1e-5,
    hidden_act: 'silu',
  },
  'bench',
);
const random = createRandom(1);
const gaussians = (length: number, spread: number): Float32Array =>
  Float32Array.from({ length }, () => spread * random.gaussian());
const baseLayout = layoutParameters(weightShapes(architecture));
const weights = parameterTensors(baseLayout, gaussians(baseLayout.length, 0.05));
const spec = { rank: 8, alpha: 16, projections: DEFAULT_PROJECTIONS };
const layout = adapterLayout(architecture, spec);
const trie = buildAnswerTrie(
  Array.from({ length: 101 }, (_, i) => [i]),
  101,
);
const executable = await createCpuBackend(Number(values.threads)).compile(
  buildTrainingGraph(architecture, trie, spec, { loss: 'renormalised' }),
);
const ids = (count: number): number[] => Array.from({ length: count }, () => random.integer(4096));

/** Median seconds of a step on `scenarios`, their queries weighted equally. */
async function stepSeconds(scenarios: readonly PackedScenario[]): Promise<number> {
  const packed = packTrees(
    scenarios.map((scenario) => queryTree(scenario, trie)),
    true,
  );
  const Q = scenarios.reduce((sum, { branches }) => sum + branches.length, 0);
  const vector = initAdapter(random, layout);
  const gradient = new Float32Array(layout.length);
  const fetches = new Map<string, Float32Array | null>([['loss', null]]);
  for (const [name, view] of parameterViews(layout, gradient)) fetches.set(gradientName(name), view);
  const feeds = new Map([
    ...weights,
    ...parameterTensors(layout, vector),
    ...packed.feeds,
    ...rotaryFeeds(inverseFrequencies(architecture), packed.tableLength),
  ]);
  feeds.set('targets', { dataType: 'float32', shape: [Q, 101], data: new Float32Array(Q * 101).fill(1 / 101) });
  feeds.set('queryWeights', { dataType: 'float32', shape: [Q, 1], data: new Float32Array(Q).fill(1 / Q) });
  let adam = initAdam(layout.length);
  const times: number[] = [];
  for (let step = 0; step < WARM_UP + steps; step++) {
    const startedAt = performance.now();
    await executable.run(feeds, fetches);
    adam = stepAdam(adam, vector, gradient, { learningRate: 1e-4, weightDecay: 0 });
    if (step >= WARM_UP) times.push((performance.now() - startedAt) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

const plain = await stepSeconds([ids(TOKENS), ids(TOKENS)].map((branch) => ({ prefix: [], branches: [branch] })));
console.log(
  `LoRA step, 2 × ${TOKENS} tokens, ${values.threads} threads: median ${(1000 * plain).toFixed(0)} ms over ${steps} steps`,
);

const QUERIES = 4;
const context = ids(280);
const sequences = Array.from({ length: QUERIES }, () => [...context, ...ids(30)]);
const together = await stepSeconds([packScenario(sequences)]);
const apart = await stepSeconds(sequences.map((branch) => ({ prefix: [], branches: [branch] })));
console.log(
  `${QUERIES} queries on one text: packed ${(QUERIES / together).toFixed(1)} queries/s, apart ${(QUERIES / apart).toFixed(1)} queries/s, ratio ${(apart / together).toFixed(2)}`,
);

const before = process.memoryUsage().rss;
await stepSeconds([packScenario(sequences)]);
console.log(
  `memory after ${steps} more steps: ${((process.memoryUsage().rss - before) / 2 ** 20).toFixed(1)} MiB more`,
);
await executable.release();
