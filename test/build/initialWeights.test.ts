/** The starting weights do what they say: an untrained transformer already finds the second of two equal sequences likelier than chance. */
import { expect, test } from 'vitest';
import { initialWeights } from '../../build/pretrain/initialWeights.ts';
import { buildLogitsGraph } from '../../build/pretrain/readingAccuracy.ts';
import { createRandom, shuffled } from '../../engine/random.ts';
import { parameterTensors, parameterViews } from '../../engine/training/parameters.ts';
import { readArchitecture } from '../../engine/transformer/architecture.ts';
import { inverseFrequencies, rotaryFeeds } from '../../engine/transformer/rope.ts';
import { chainTree, packTrees } from '../../engine/transformer/tokenTree.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';

const VOCABULARY = 500;
const HALF = 20;
const architecture = readArchitecture(
  {
    model_type: 'llama',
    hidden_size: 144,
    num_hidden_layers: 4,
    num_attention_heads: 6,
    intermediate_size: 384,
    vocab_size: VOCABULARY,
    rms_norm_eps: 1e-5,
    rope_theta: 500_000,
    tie_word_embeddings: true,
    hidden_act: 'silu',
  },
  'config.json',
);
const made = initialWeights(createRandom(1), architecture, { pairs: [[3, 4]], numbers: [10, 11, 12] });

test('paired spellings and neighbouring numbers start alike, other tokens do not', () => {
  const embedding = parameterViews(made.layout, made.vector).get('model.embed_tokens.weight') ?? new Float32Array();
  const likeness = (a: number, b: number): number => {
    let sum = 0;
    for (let c = 0; c < 72; c++) sum += embedding[a * 144 + c] * embedding[b * 144 + c];
    return sum;
  };
  expect(likeness(3, 3)).toBeCloseTo(1, 5);
  expect(likeness(3, 4)).toBeGreaterThan(0.95);
  expect(likeness(10, 11)).toBeGreaterThan(0.5);
  expect(Math.abs(likeness(3, 20))).toBeLessThan(0.5);
});

test('in a sequence that repeats, the next token ranks far above chance before any training', async () => {
  const executable = await createCpuBackend(1).compile(buildLogitsGraph(architecture));
  const ranks: number[] = [];
  for (let i = 0; i < 4; i++) {
    const half = shuffled(createRandom(2).split(i), [...Array(VOCABULARY).keys()]).slice(0, HALF);
    const tree = chainTree([...half, ...half]);
    const reads = Array.from({ length: HALF - 1 }, (_, k) => HALF + k);
    const packed = packTrees([{ ...tree, reads }], true);
    const outputs = await executable.run(
      new Map([
        ...parameterTensors(made.layout, made.vector),
        ...packed.feeds,
        ...rotaryFeeds(inverseFrequencies(architecture), packed.tableLength),
      ]),
      new Map([['logits', null]]),
    );
    const logits = outputs.get('logits')?.data as Float32Array;
    reads.forEach((_, k) => {
      const row = logits.subarray(k * VOCABULARY, (k + 1) * VOCABULARY);
      ranks.push(row.filter((value) => value > row[half[k + 1]]).length);
    });
  }
  await executable.release();
  const median = ranks.sort((a, b) => a - b)[Math.floor(ranks.length / 2)];
  // Chance is 250; without the look-back and matching heads the median was 240 to 260.
  expect(median).toBeLessThan(60);
});
