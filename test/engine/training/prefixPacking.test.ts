/** Queries that share one pass give the loss and gradients of queries asked one by one. */
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { buildTrainingGraph, gradientName } from '../../../engine/training/answerGraph.ts';
import { adapterLayout, DEFAULT_PROJECTIONS, initAdapter } from '../../../engine/training/lora.ts';
import { parameterTensors, parameterViews } from '../../../engine/training/parameters.ts';
import { type PackedScenario, packScenario, queryTree } from '../../../engine/training/prefixPacking.ts';
import { buildAnswerTrie } from '../../../engine/transformer/answerTrie.ts';
import { inverseFrequencies, rotaryFeeds } from '../../../engine/transformer/rope.ts';
import { packTrees } from '../../../engine/transformer/tokenTree.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';
import { type ForwardGolden, readJson, readTransformer, relativeDifference } from '../transformer/goldens.ts';

const SPEC = { rank: 4, alpha: 8, projections: DEFAULT_PROJECTIONS };
const QUERIES = 4;

test('the shared beginning never swallows a whole sequence', () => {
  const packed = packScenario([
    [1, 2, 3],
    [1, 2, 3, 4],
  ]);
  expect(packed).toEqual({ prefix: [1, 2], branches: [[3], [3, 4]] });
});

describe.each([
  ['tiny-llama3-bf16', 'one token an answer'],
  ['tiny-qwen2-f32', 'a digit trie'],
])('%s, %s', (folder) => {
  test('loss and gradients of four packed queries equal those of four sequences, in fewer tokens', async () => {
    const { architecture, weights } = readTransformer(folder);
    const golden = readJson<ForwardGolden>('forward', `${folder}.json`);
    const trie = buildAnswerTrie(golden.number_token_ids, golden.gt_id);
    const layout = adapterLayout(architecture, SPEC);
    const random = createRandom(3);
    const vector = initAdapter(random, layout).map((value) => value + 0.02 * random.gaussian());
    const context = golden.prompts[4].ids;
    const sequences = Array.from({ length: QUERIES }, (_, q) => [
      ...context,
      ...Array.from({ length: 5 + 3 * q }, () => random.integer(1000)),
      golden.lt_id,
    ]);
    const targets = new Float32Array(QUERIES * 101).map(() => random.uniform());
    for (let q = 0; q < QUERIES; q++) {
      const row = targets.subarray(q * 101, (q + 1) * 101);
      const total = row.reduce((a, b) => a + b, 0);
      row.forEach((value, i) => {
        row[i] = value / total;
      });
    }
    const executable = await createCpuBackend(1).compile(
      buildTrainingGraph(architecture, trie, SPEC, { loss: 'full' }),
    );
    const run = async (scenarios: readonly PackedScenario[]) => {
      const packed = packTrees(
        scenarios.map((scenario) => queryTree(scenario, trie)),
        true,
      );
      const gradient = new Float32Array(layout.length);
      const fetches = new Map<string, Float32Array | null>([['loss', null]]);
      for (const [name, view] of parameterViews(layout, gradient)) fetches.set(gradientName(name), view);
      const outputs = await executable.run(
        new Map([
          ...weights,
          ...parameterTensors(layout, vector),
          ...packed.feeds,
          ...rotaryFeeds(inverseFrequencies(architecture), packed.tableLength),
          ['targets', { dataType: 'float32', shape: [QUERIES, 101], data: targets }],
          ['queryWeights', { dataType: 'float32', shape: [QUERIES, 1], data: new Float32Array(QUERIES).fill(0.25) }],
        ]),
        fetches,
      );
      return { loss: Number(outputs.get('loss')?.data[0]), gradient, tokens: packed.tokens };
    };
    const together = await run([packScenario(sequences)]);
    const apart = await run(sequences.map((ids) => ({ prefix: [], branches: [ids] })));
    await executable.release();
    expect(together.loss).toBeCloseTo(apart.loss, 4);
    expect(relativeDifference(together.gradient, apart.gradient)).toBeLessThan(1e-5);
    expect(together.tokens).toBeLessThan(apart.tokens - 3 * context.length + 1);
  });
});
