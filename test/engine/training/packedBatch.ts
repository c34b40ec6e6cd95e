/** One packed batch of queries on a recorded transformer, run on a backend: for comparisons of ways to compute the same. */
import { createRandom } from '../../../engine/random.ts';
import {
  buildAnswerGraph,
  buildTrainingGraph,
  type GraphOptions,
  gradientName,
} from '../../../engine/training/answerGraph.ts';
import { type AdapterSpec, adapterLayout, DEFAULT_PROJECTIONS, initAdapter } from '../../../engine/training/lora.ts';
import { parameterTensors, parameterViews } from '../../../engine/training/parameters.ts';
import { packScenario, queryTree } from '../../../engine/training/prefixPacking.ts';
import type { AnswerTrie } from '../../../engine/transformer/answerTrie.ts';
import type { Backend, Tensor } from '../../../engine/transformer/backend.ts';
import { type FrozenWeights, fedWeights } from '../../../engine/transformer/frozenWeights.ts';
import { inverseFrequencies, rotaryFeeds } from '../../../engine/transformer/rope.ts';
import { packTrees, type TokenTree } from '../../../engine/transformer/tokenTree.ts';
import type { ForwardGolden, GoldenTransformer } from '../transformer/goldens.ts';

const SPEC: AdapterSpec = { rank: 4, alpha: 8, projections: DEFAULT_PROJECTIONS };

export type PackedBatch = {
  readonly transformer: GoldenTransformer;
  readonly trie: AnswerTrie;
  readonly vector: Float32Array;
  readonly feeds: ReadonlyMap<string, Tensor>;
};

function treeFeeds({ architecture }: GoldenTransformer, trees: readonly TokenTree[]): Map<string, Tensor> {
  const packed = packTrees(trees, true);
  return new Map([...packed.feeds, ...rotaryFeeds(inverseFrequencies(architecture), packed.tableLength)]);
}

/** `queries` queries on a recorded prompt, with random targets and an adapter whose B is not zero. */
export function packedBatch(
  transformer: GoldenTransformer,
  trie: AnswerTrie,
  golden: ForwardGolden,
  queries: number,
): PackedBatch {
  const random = createRandom(3);
  const layout = adapterLayout(transformer.architecture, SPEC);
  const vector = initAdapter(random, layout).map((value) => value + 0.02 * random.gaussian());
  const sequences = Array.from({ length: queries }, (_, q) => [...golden.prompts[4].ids, 5 + q, 7, golden.lt_id]);
  const feeds = treeFeeds(transformer, [queryTree(packScenario(sequences), trie)]);
  const targets = new Float32Array(queries * 101);
  for (let q = 0; q < queries; q++) targets[q * 101 + 20 * q] = targets[q * 101 + 50] = 0.5;
  feeds.set('targets', { dataType: 'float32', shape: [queries, 101], data: targets });
  const weights = new Float32Array(queries).fill(1 / queries);
  feeds.set('queryWeights', { dataType: 'float32', shape: [queries, 1], data: weights });
  return { transformer, trie, vector, feeds };
}

export type TrainingRun = { readonly loss: number; readonly gradient: Float32Array };

/** Loss and gradients of the batch, the base weights fed or as `frozen` says. */
export async function runTraining(
  backend: Backend,
  { transformer, trie, vector, feeds }: PackedBatch,
  options: Omit<GraphOptions, 'stored'> & { readonly frozen?: FrozenWeights } = {},
): Promise<TrainingRun> {
  const frozen = options.frozen ?? fedWeights(transformer.weights);
  const layout = adapterLayout(transformer.architecture, SPEC);
  const file = buildTrainingGraph(transformer.architecture, trie, SPEC, {
    loss: 'full',
    stored: frozen.stored,
    isCheckpointed: options.isCheckpointed,
  });
  const executable = await backend.compile(file, frozen.folder);
  const gradient = new Float32Array(layout.length);
  const fetches = new Map<string, Float32Array | null>([['loss', null]]);
  for (const [name, view] of parameterViews(layout, gradient)) fetches.set(gradientName(name), view);
  const outputs = await executable.run(
    new Map([...frozen.fed, ...parameterTensors(layout, vector), ...feeds]),
    fetches,
  );
  await executable.release();
  return { loss: Number(outputs.get('loss')?.data[0]), gradient };
}

/** Log-probabilities of the answers after each prompt, row after row. */
export async function runAnswers(
  backend: Backend,
  transformer: GoldenTransformer,
  trie: AnswerTrie,
  prompts: readonly (readonly number[])[],
): Promise<Float32Array> {
  const executable = await backend.compile(buildAnswerGraph(transformer.architecture, trie, null));
  const trees = prompts.map((ids) => queryTree({ prefix: [], branches: [ids] }, trie));
  const outputs = await executable.run(
    new Map([...transformer.weights, ...treeFeeds(transformer, trees)]),
    new Map([['logProbs', null]]),
  );
  await executable.release();
  return outputs.get('logProbs')?.data as Float32Array;
}
