/** Faults of the device in the middle of a run, and inputs that change under it. The device is the real one, made to fail at a chosen step. */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Backend } from '../../../engine/transformer/backend.ts';
import { addInput, addNode, addOutput, createGraph, integers } from '../../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../../engine/transformer/graph/onnx.ts';
import { exclusiveExecutables } from '../../../main/processes/exclusiveExecutables.ts';
import { runFineTune } from '../../../main/processes/fineTuneRun.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';
import { fineTuneRequestSchema } from '../../../main/processes/trainingMessages.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from './trainingFixture.ts';

const parent = temporaryFolder();
const transformer = transformerFolder(parent);
const dataset = datasetFolder(parent);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const request = (out: string, steps = 6) =>
  fineTuneRequestSchema.parse({
    kind: 'fineTune',
    transformer,
    dataset,
    out: join(parent, out),
    config: { rank: 2, learningRate: 2e-3, steps, epochBatches: 3 },
    resume: true,
    checkpointEvery: 100,
  });

/** A graph that wants more memory than any machine has, run on `backend`. */
async function askTooMuch(backend: Backend): Promise<unknown> {
  const graph = createGraph();
  const x = addInput(graph, 'x', { dataType: 'float32', shape: [1] });
  const huge = addNode(graph, {
    operator: 'Expand',
    inputs: [x, integers(graph, [2 ** 22, 2 ** 23])],
    shape: [2 ** 22, 2 ** 23],
  });
  addOutput(graph, 'y', huge);
  const executable = await backend.compile(encodeGraph(graph));
  const feeds = new Map([['x', { dataType: 'float32' as const, shape: [1], data: Float32Array.of(1) }]]);
  return executable.run(feeds, new Map([['y', null]]));
}

/** The CPU, asked for too much in place of training step `step`. */
function exhaustedAt(step: number): Backend {
  const cpu = createCpuBackend(1);
  let steps = 0;
  return {
    ...cpu,
    compile: async (file, folder) => {
      const executable = await cpu.compile(file, folder);
      return {
        ...executable,
        run: async (feeds, fetches) => {
          if (fetches.has('loss') && ++steps === step) await askTooMuch(cpu);
          return executable.run(feeds, fetches);
        },
      };
    },
  };
}

const textOf = (out: string, file: string): string => readFileSync(join(parent, out, file), 'utf8');

test('a device that runs out of memory says what to do, and the run goes on from there to the same bits', async () => {
  await runFineTune(request('whole'), createCpuBackend(1), {});
  await expect(runFineTune(request('out-of-memory'), exhaustedAt(5), {})).rejects.toMatchObject({
    name: 'UserError',
    message: 'the device has not enough memory',
    hint: expect.stringContaining('--checkpointing'),
  });
  const seen: number[] = [];
  const onProgress = ({ done, unit }: { done: number; unit?: string }) => unit === 'steps' && seen.push(done);
  await runFineTune(request('out-of-memory'), createCpuBackend(1), { onProgress });
  expect(seen[0]).toBe(5);
  for (const file of ['log.jsonl', 'adapter/adapter_model.safetensors'])
    expect(textOf('out-of-memory', file)).toBe(textOf('whole', file));
});

test('provenance holds the hash of every input, and a run whose dataset changed is not resumed', async () => {
  const { inputs } = JSON.parse(textOf('whole', 'adapter/credence.json'));
  expect(Object.keys(inputs.transformer)).toEqual([
    ...['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'],
  ]);
  expect(inputs.dataset['train.jsonl']).toMatch(/^[0-9a-f]{64}$/);
  appendFileSync(join(dataset, 'train.jsonl'), '\n');
  await expect(runFineTune(request('whole'), createCpuBackend(1), {})).rejects.toMatchObject({
    name: 'UserError',
    message: 'train.jsonl of the dataset is not what the run began with',
    location: { file: join(dataset, 'train.jsonl') },
    hint: expect.stringContaining('another folder'),
  });
});

test('executables that take turns are never open together', async () => {
  const cpu = createCpuBackend(1);
  let open = 0;
  const graphOf = (operator: string): Uint8Array => {
    const graph = createGraph();
    const x = addInput(graph, 'x', { dataType: 'float32', shape: [1] });
    addOutput(graph, 'y', addNode(graph, { operator, inputs: [x], shape: [1] }));
    return encodeGraph(graph);
  };
  const [negate, root] = exclusiveExecutables(
    ['Neg', 'Sqrt'].map((operator) => async () => {
      const executable = await cpu.compile(graphOf(operator));
      expect(++open).toBe(1);
      return {
        ...executable,
        release: async () => {
          open--;
          await executable.release();
        },
      };
    }),
  );
  const feeds = new Map([['x', { dataType: 'float32' as const, shape: [1], data: Float32Array.of(9) }]]);
  const outputOf = async (executable: typeof negate) =>
    (await executable.run(feeds, new Map([['y', null]]))).get('y')?.data[0];
  expect([await outputOf(negate), await outputOf(root), await outputOf(root), await outputOf(negate)]).toEqual([
    -9, 3, 3, -9,
  ]);
  await negate.release();
  expect(open).toBe(0);
});
