/** Merged folders answer as base and adapter do; free generation is counted; both through the training process. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closesBracket } from '../../../engine/training/generation.ts';
import { decodeSafetensors } from '../../../engine/transformer/safetensors.ts';
import { runMerge } from '../../../main/processes/mergeRun.ts';
import {
  answerQueries,
  checkGeneration,
  mergeTransformer,
  runFineTune,
} from '../../../main/processes/trainingRunner.ts';
import { trainConfigSchema } from '../../../shared/training.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from './trainingFixture.ts';

const parent = temporaryFolder();
const transformer = transformerFolder(parent, 'tiny-qwen2');
const dataset = datasetFolder(parent);
const adapter = join(parent, 'run', 'adapter');
afterAll(() => rmSync(parent, { recursive: true, force: true }));

beforeAll(async () => {
  const config = trainConfigSchema.parse({ rank: 4, learningRate: 5e-3, steps: 8, epochBatches: 8 });
  await runFineTune({ transformer, dataset, out: join(parent, 'run'), config });
}, 120_000);

const answersOf = (folder: string, withAdapter: boolean) =>
  answerQueries({
    transformer: folder,
    adapter: withAdapter ? adapter : null,
    records: dataset,
    split: 'test',
    source: 'adapter',
    sourceId: 'x',
  });

test('a merged folder answers as base and adapter together, and holds what the base folder held', async () => {
  const out = join(parent, 'merged');
  mkdirSync(out);
  await mergeTransformer({ transformer, adapter, out });
  expect(readdirSync(out).sort()).toEqual(readdirSync(transformer).sort());
  const file = join(out, 'model.safetensors');
  const base = decodeSafetensors(readFileSync(join(transformer, 'model.safetensors')), 'base');
  const merged = decodeSafetensors(readFileSync(file), file);
  const name = 'model.embed_tokens.weight';
  expect(merged.tensors.get(name)).toEqual(base.tensors.get(name));
  const [together, alone, plain] = [
    await answersOf(transformer, true),
    await answersOf(out, false),
    await answersOf(transformer, false),
  ];
  for (const [i, { mean }] of alone.entries()) expect(mean).toBeCloseTo(together[i].mean, 3);
  expect(alone.some(({ mean }, i) => Math.abs(mean - plain[i].mean) > 0.1)).toBe(true);
  await expect(mergeTransformer({ transformer, adapter, out })).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('an empty or new folder expected'),
    hint: 'Choose another folder with --out.',
  });
});

test('a merge that is cancelled leaves nothing behind', async () => {
  const out = join(parent, 'cancelled');
  const abort = new AbortController();
  const merge = runMerge(
    { kind: 'merge', transformer, adapter, out },
    { signal: abort.signal, onProgress: () => abort.abort() },
  );
  await expect(merge).rejects.toMatchObject({ name: 'CancelledError' });
  expect([existsSync(out), existsSync(`${out}.tmp`)]).toEqual([false, false]);
});

test('free generation is counted from nothing and from a given bracket', async () => {
  const check = await checkGeneration({ transformer, adapter, records: dataset, count: 2 });
  expect(check.n).toBe(2);
  expect(check.examples).toHaveLength(2);
  expect(check.free).toBe(check.examples.filter((text) => closesBracket(text, true)).length);
});

test('what counts as a whole answer', () => {
  expect(['<7>', ' <100> and more', '<101>', '7>', '<7', '<>'].map((text) => closesBracket(text, true))).toEqual([
    ...[true, true, false, false, false, false],
  ]);
  expect(['7>', '100>', '<7>', '7', '101>'].map((text) => closesBracket(text, false))).toEqual([
    ...[true, true, false, false, false],
  ]);
});
