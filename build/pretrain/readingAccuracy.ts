/** How many held-out reading questions a transformer answers right: the likeliest token of the whole vocabulary must be the answer. */
import { createRandom } from '../../engine/random.ts';
import { declareWeights } from '../../engine/training/answerGraph.ts';
import type { Architecture } from '../../engine/transformer/architecture.ts';
import type { Executable, Tensor } from '../../engine/transformer/backend.ts';
import { declareDecoderInputs, decoderStates } from '../../engine/transformer/decoder.ts';
import { addOutput, createGraph } from '../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../engine/transformer/graph/onnx.ts';
import { gemm } from '../../engine/transformer/graph/operators/gemm.ts';
import { inverseFrequencies, rotaryFeeds } from '../../engine/transformer/rope.ts';
import type { Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { packTrees } from '../../engine/transformer/tokenTree.ts';
import { type Level, type Marks, readingRow } from './curriculum.ts';
import { SPREAD_KINDS } from './readingQuestions.ts';

/** Output `logits` [B·A, V] at the read rows. */
export function buildLogitsGraph(architecture: Architecture): Uint8Array {
  const graph = createGraph();
  const inputs = declareDecoderInputs(graph, architecture, true);
  const { states, head } = decoderStates(graph, architecture, inputs, {
    weight: declareWeights(graph, architecture, false),
  });
  addOutput(graph, 'logits', gemm(graph, states, head, { transB: true }));
  return encodeGraph(graph);
}

export type ReadingResult = { readonly kind: string; readonly right: number; readonly asked: number };

export type ReadingTest = {
  readonly architecture: Architecture;
  readonly executable: Executable;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly tokenizer: Tokenizer;
  readonly marks: Marks;
};

/** Right and asked by kind of question, over `texts` held-out texts made as `level` says. */
export async function readingAccuracy(
  test: ReadingTest,
  level: Level,
  seed: number,
  texts: number,
): Promise<ReadingResult[]> {
  const V = test.architecture.vocabularySize;
  const frequencies = inverseFrequencies(test.architecture);
  const tally = new Map<string, { right: number; asked: number }>();
  for (let index = 0; index < texts; index++) {
    const random = createRandom(seed).split('test', index);
    const row = readingRow(random, level, test.tokenizer, {
      ...{ seed, index, marks: test.marks },
      form: level.prompts >= 0.5 ? 'prompt' : 'bare',
    });
    const reads = row.answers.map((answer) => row.tree.parents[answer.index]);
    const packed = packTrees([{ ...row.tree, reads }], true);
    const outputs = await test.executable.run(
      new Map([...test.weights, ...packed.feeds, ...rotaryFeeds(frequencies, packed.tableLength)]),
      new Map([['logits', null]]),
    );
    const logits = outputs.get('logits')?.data as Float32Array;
    row.answers.forEach(({ index: at, question }, i) => {
      const own = logits.subarray(i * V, (i + 1) * V);
      const best = own.reduce((top, value, id) => (value > own[top] ? id : top), 0);
      const isRight = best === row.tree.ids[at];
      const entry = tally.get(question.kind) ?? { right: 0, asked: 0 };
      tally.set(question.kind, { right: entry.right + Number(isRight), asked: entry.asked + 1 });
    });
  }
  return [...tally].map(([kind, counts]) => ({ kind, ...counts }));
}

/** Share right over all kinds that have a right answer. */
export function overallAccuracy(results: readonly ReadingResult[]): number {
  const judged = results.filter(({ kind }) => !SPREAD_KINDS.includes(kind));
  return judged.reduce((sum, { right }) => sum + right, 0) / judged.reduce((sum, { asked }) => sum + asked, 0);
}
