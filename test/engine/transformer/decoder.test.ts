/** Logits and answer probabilities of both architectures against Hugging Face transformers' recorded numbers. */
import { describe, expect, test } from 'vitest';
import { buildAnswerGraph, declareWeights } from '../../../engine/training/answerGraph.ts';
import { queryTree } from '../../../engine/training/prefixPacking.ts';
import { buildAnswerTrie, rowsPerQuery } from '../../../engine/transformer/answerTrie.ts';
import { declareDecoderInputs, decoderStates } from '../../../engine/transformer/decoder.ts';
import { addOutput, createGraph } from '../../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../../engine/transformer/graph/onnx.ts';
import { gemm } from '../../../engine/transformer/graph/operators/gemm.ts';
import { logSumExp, subtractColumn } from '../../../engine/transformer/graph/operators/softmax.ts';
import { inverseFrequencies, rotaryFeeds } from '../../../engine/transformer/rope.ts';
import { chainTree, packTrees, type TokenTree } from '../../../engine/transformer/tokenTree.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';
import {
  type ForwardGolden,
  type GoldenTransformer,
  maxDifference,
  readJson,
  readTensors,
  readTransformer,
} from './goldens.ts';

/** The goldens' own limit: absolute, about 1e-4 of the largest logits. */
const TOLERANCE = 2e-4;
const CASES = [
  { name: 'tiny-llama3-bf16', weights: 'tiny-llama3-bf16' },
  { name: 'tiny-llama3-rope31', weights: 'tiny-llama3-bf16' },
  { name: 'tiny-qwen2-f32', weights: 'tiny-qwen2-f32' },
  { name: 'tiny-qwen2-f16', weights: 'tiny-qwen2-f16' },
];

async function logProbsOf(
  { architecture, weights }: GoldenTransformer,
  trees: readonly TokenTree[],
): Promise<{ logits: Float32Array; logProbs: Float32Array }> {
  const graph = createGraph();
  const inputs = declareDecoderInputs(graph, architecture, false);
  const { states, head } = decoderStates(graph, architecture, inputs, {
    weight: declareWeights(graph, architecture, false),
  });
  const logits = gemm(graph, states, head, { transB: true });
  addOutput(graph, 'logits', logits);
  addOutput(graph, 'logProbs', subtractColumn(graph, logits, logSumExp(graph, logits)));
  const packed = packTrees(trees, false);
  const executable = await createCpuBackend(1).compile(encodeGraph(graph));
  const outputs = await executable.run(
    new Map([...weights, ...packed.feeds, ...rotaryFeeds(inverseFrequencies(architecture), packed.tableLength)]),
    new Map([
      ['logits', null],
      ['logProbs', null],
    ]),
  );
  await executable.release();
  return {
    logits: outputs.get('logits')?.data as Float32Array,
    logProbs: outputs.get('logProbs')?.data as Float32Array,
  };
}

describe.each(CASES)('$name', ({ name, weights }) => {
  const transformer = readTransformer(name, weights);
  const golden = readJson<ForwardGolden>('forward', `${name}.json`);
  const V = transformer.architecture.vocabularySize;
  const trie = buildAnswerTrie(golden.number_token_ids, golden.gt_id);

  test('logits and next-token log-probabilities of every prompt agree', async () => {
    for (const prompt of golden.prompts) {
      const { logits, logProbs } = await logProbsOf(transformer, [chainTree(prompt.ids)]);
      const last = logits.subarray((prompt.n - 1) * V);
      const { ids, values } = prompt.last_logits_top50;
      expect(
        maxDifference(
          ids.map((id) => last[id]),
          values,
        ),
      ).toBeLessThan(TOLERANCE);
      const next = (prompt.next_token_logprobs ?? []).map((_, t) => logProbs[t * V + prompt.ids[t + 1]]);
      expect(maxDifference(next, prompt.next_token_logprobs ?? [])).toBeLessThan(TOLERANCE);
    }
  });

  test('all logits of a prompt agree', async () => {
    const { logits } = await logProbsOf(transformer, [chainTree(golden.prompts[2].ids)]);
    const expected = readTensors('forward', 'vectors.safetensors').get(`${name}.p2.last_logits`);
    expect(maxDifference(logits.subarray(logits.length - V), expected?.data ?? [])).toBeLessThan(TOLERANCE);
  });

  test('a padded batch gives what its prompts give alone', async () => {
    const { prompts, input_ids: padded } = golden.padded_batch;
    const trees = prompts.map((index) => chainTree(golden.prompts[index].ids));
    const { logits } = await logProbsOf(transformer, trees);
    const T = padded[0].length;
    prompts.forEach((index, b) => {
      const { n, last_logits_top50: top } = golden.prompts[index];
      const last = logits.subarray((b * T + n - 1) * V);
      expect(
        maxDifference(
          top.ids.map((id) => last[id]),
          top.values,
        ),
      ).toBeLessThan(TOLERANCE);
    });
  });

  test('log-probabilities of the 101 answers agree', async () => {
    const executable = await createCpuBackend(1).compile(buildAnswerGraph(transformer.architecture, trie, null));
    for (const prompt of golden.prompts) {
      const ids = [...prompt.ids, ...(prompt.number_context_appends_lt ? [golden.lt_id] : [])];
      const packed = packTrees([queryTree({ prefix: [], branches: [ids] }, trie)], true);
      expect(packed.feeds.get('rows')?.shape[1]).toBe(rowsPerQuery(trie));
      const outputs = await executable.run(
        new Map([
          ...transformer.weights,
          ...packed.feeds,
          ...rotaryFeeds(inverseFrequencies(transformer.architecture), packed.tableLength),
        ]),
        new Map([['logProbs', null]]),
      );
      expect(maxDifference(outputs.get('logProbs')?.data as Float32Array, prompt.number_logprob)).toBeLessThan(
        TOLERANCE,
      );
    }
    await executable.release();
  });
});
