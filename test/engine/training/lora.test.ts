/** LoRA losses, gradients and twenty AdamW steps against PEFT's and PyTorch's recorded numbers. */
import { describe, expect, test } from 'vitest';
import { type AdamState, initAdam, stepAdam } from '../../../engine/training/adamw.ts';
import { buildAnswerGraph, buildTrainingGraph, gradientName } from '../../../engine/training/answerGraph.ts';
import { type AdapterSpec, adapterLayout, DEFAULT_PROJECTIONS } from '../../../engine/training/lora.ts';
import { mergeAdapter } from '../../../engine/training/mergeAdapter.ts';
import { type ParameterLayout, parameterTensors, parameterViews } from '../../../engine/training/parameters.ts';
import { queryTree } from '../../../engine/training/prefixPacking.ts';
import { learningRateFactor } from '../../../engine/training/schedule.ts';
import { type AnswerTrie, buildAnswerTrie } from '../../../engine/transformer/answerTrie.ts';
import type { Executable, Tensor } from '../../../engine/transformer/backend.ts';
import { inverseFrequencies, rotaryFeeds } from '../../../engine/transformer/rope.ts';
import { packTrees } from '../../../engine/transformer/tokenTree.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';
import {
  asTensors,
  type ForwardGolden,
  type GoldenTransformer,
  type LoraGolden,
  maxDifference,
  type NamedTensors,
  readJson,
  readTensors,
  readTransformer,
  relativeDifference,
} from '../transformer/goldens.ts';

type MergedGolden = {
  readonly prompts: readonly ({ readonly prompt: number } & Readonly<
    Record<'merged' | 'unmerged', { readonly number_logprob: number[] }>
  >)[];
};

const SPEC: AdapterSpec = { rank: 8, alpha: 16, projections: DEFAULT_PROJECTIONS };
const TRANSFORMERS = [
  { name: 'tiny-llama3', folder: 'tiny-llama3-bf16' },
  { name: 'tiny-qwen2', folder: 'tiny-qwen2-f32' },
];

/** The adapter file's tensors as one vector in the layout's order. */
function asVector(layout: ParameterLayout, tensors: NamedTensors): Float32Array {
  const vector = new Float32Array(layout.length);
  for (const [name, view] of parameterViews(layout, vector)) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`the golden adapter lacks ${name}`);
    view.set(tensor.data);
  }
  return vector;
}

type Setup = GoldenTransformer & {
  trie: AnswerTrie;
  layout: ParameterLayout;
  targets: Float32Array;
  batches: { ids: number[][] }[];
};

function readSetup(name: string, folder: string): Setup {
  const transformer = readTransformer(folder);
  const forward = readJson<ForwardGolden>('forward', `${folder}.json`);
  return {
    ...transformer,
    trie: buildAnswerTrie(forward.number_token_ids, forward.gt_id),
    layout: adapterLayout(transformer.architecture, SPEC),
    targets: readTensors('lora', name, 'targets.safetensors').get('targets')?.data ?? new Float32Array(),
    batches: readJson<{ batches: { ids: number[][] }[] }>('lora', name, 'batches.json').batches,
  };
}

async function runBatch(
  executable: Executable,
  setup: Setup,
  vector: Float32Array,
  batch: number,
): Promise<{ loss: number; gradient: Float32Array }> {
  const { ids } = setup.batches[batch];
  const packed = packTrees(
    ids.map((sequence) => queryTree({ prefix: [], branches: [sequence] }, setup.trie)),
    true,
  );
  const width = ids.length * 101;
  const feeds = new Map<string, Tensor>([
    ...setup.weights,
    ...parameterTensors(setup.layout, vector),
    ...packed.feeds,
    ...rotaryFeeds(inverseFrequencies(setup.architecture), packed.tableLength),
    [
      'targets',
      {
        dataType: 'float32',
        shape: [ids.length, 101],
        data: setup.targets.subarray(batch * width, (batch + 1) * width),
      },
    ],
    [
      'queryWeights',
      { dataType: 'float32', shape: [ids.length, 1], data: new Float32Array(ids.length).fill(1 / ids.length) },
    ],
  ]);
  const gradient = new Float32Array(setup.layout.length);
  const fetches = new Map<string, Float32Array | null>([['loss', null]]);
  for (const [name, view] of parameterViews(setup.layout, gradient)) fetches.set(gradientName(name), view);
  const outputs = await executable.run(feeds, fetches);
  return { loss: outputs.get('loss')?.data[0] as number, gradient };
}

describe.each(TRANSFORMERS)('$name', ({ name, folder }) => {
  const setup = readSetup(name, folder);
  const start = (): Float32Array =>
    asVector(setup.layout, readTensors('lora', name, 'adapter', 'adapter_model.safetensors'));
  const recorded = readJson<LoraGolden>('lora', name, 'lora.json');

  test.each(['renorm', 'full'] as const)('loss and gradients of the %s loss agree', async (kind) => {
    const graph = buildTrainingGraph(setup.architecture, setup.trie, SPEC, {
      loss: kind === 'renorm' ? 'renormalised' : 'full',
    });
    const executable = await createCpuBackend(1).compile(graph);
    const { loss, gradient } = await runBatch(executable, setup, start(), 0);
    await executable.release();
    expect(Math.abs(loss - recorded.first_batch[kind].loss)).toBeLessThan(1e-4);
    const expected = readTensors('lora', name, `grads_${kind}.safetensors`);
    for (const [tensor, view] of parameterViews(setup.layout, gradient))
      expect(relativeDifference(view, expected.get(tensor)?.data ?? []), tensor).toBeLessThan(1e-4);
  });

  // Tolerances as the goldens' README gives them; the warm-up run's updates are only some hundred float32 steps of a weight.
  test.each([
    { run: 'const_wd0', rate: 1e-3, decay: 0, loss: 'renormalised', checks: { 1: 1e-4, 2: 1e-4, 20: 1e-4 } },
    { run: 'const_wd001', rate: 1e-3, decay: 0.01, loss: 'renormalised', checks: { 20: 1e-4 } },
    { run: 'warmup_wd0', rate: 5e-5, decay: 0, loss: 'renormalised', checks: { 2: 2e-2, 20: 2e-3 } },
    { run: 'const_wd0_fullvocab', rate: 1e-3, decay: 0, loss: 'full', checks: {} },
  ] as const)('twenty steps of $run agree', async ({ run, rate, decay, loss: kind, checks }) => {
    const executable = await createCpuBackend(1).compile(
      buildTrainingGraph(setup.architecture, setup.trie, SPEC, { loss: kind }),
    );
    const initial = start();
    const vector = start();
    let adam: AdamState = initAdam(vector.length);
    const isWarmUp = run.startsWith('warmup');
    const schedule = {
      kind: isWarmUp ? ('cosine' as const) : ('constant' as const),
      warmupSteps: isWarmUp ? 100 : 0,
      totalSteps: 1000,
    };
    for (let step = 0; step < 20; step++) {
      const { loss, gradient } = await runBatch(executable, setup, vector, step);
      expect(Math.abs(loss - recorded.runs[run].losses[step]), `loss of step ${step}`).toBeLessThan(
        1e-4 * Math.max(1, loss / 10),
      );
      adam = stepAdam(adam, vector, gradient, {
        learningRate: rate * learningRateFactor(schedule, step),
        weightDecay: decay,
      });
      const tolerance = (checks as Record<number, number>)[step + 1];
      if (tolerance === undefined) continue;
      const expected = asVector(setup.layout, readTensors('lora', name, `${run}_step${step + 1}.safetensors`));
      expect(
        relativeDifference(
          vector.map((w, i) => w - initial[i]),
          expected.map((w, i) => w - initial[i]),
        ),
        `update after step ${step + 1}`,
      ).toBeLessThan(tolerance);
    }
    await executable.release();
  });
});

describe.each(TRANSFORMERS)('$name merged', ({ name, folder }) => {
  test('merged and unmerged answers agree with the recorded ones', async () => {
    const { architecture, weights, trie } = readSetup(name, folder);
    const tensors = asTensors(readTensors('lora', name, 'adapter', 'adapter_model.safetensors'));
    const merged = mergeAdapter(architecture, weights, { spec: SPEC, tensors });
    const golden = readJson<MergedGolden>('lora', name, 'forward.json');
    const forward = readJson<ForwardGolden>('forward', `${folder}.json`);
    const ways = [
      { kind: 'unmerged' as const, graph: buildAnswerGraph(architecture, trie, SPEC), feeds: [...weights, ...tensors] },
      { kind: 'merged' as const, graph: buildAnswerGraph(architecture, trie, null), feeds: [...merged] },
    ];
    for (const { kind, graph, feeds } of ways) {
      const executable = await createCpuBackend(1).compile(graph);
      for (const prompt of golden.prompts) {
        const { ids, number_context_appends_lt: appendsLt } = forward.prompts[prompt.prompt];
        const branch = [...ids, ...(appendsLt ? [forward.lt_id] : [])];
        const packed = packTrees([queryTree({ prefix: [], branches: [branch] }, trie)], true);
        const rotary = rotaryFeeds(inverseFrequencies(architecture), packed.tableLength);
        const outputs = await executable.run(
          new Map([...feeds, ...packed.feeds, ...rotary]),
          new Map([['logProbs', null]]),
        );
        const logProbs = outputs.get('logProbs')?.data as Float32Array;
        expect(maxDifference(logProbs, prompt[kind].number_logprob), `${kind} ${prompt.prompt}`).toBeLessThan(2e-4);
      }
      await executable.release();
    }
  });
});

test('the schedule agrees with torchtune’s at every recorded step', () => {
  const { steps, factor } = readJson<{ steps: number[]; factor: number[] }>('lora', 'schedule.json');
  steps.forEach((step, i) => {
    expect(learningRateFactor({ kind: 'cosine', warmupSteps: 100, totalSteps: 1000 }, step)).toBeCloseTo(factor[i], 9);
  });
});
