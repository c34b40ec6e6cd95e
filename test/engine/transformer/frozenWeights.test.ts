/** Base weights in files, in halves and in four bits, and recomputed activations, against the plain way with the same numbers fed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { buildAnswerTrie } from '../../../engine/transformer/answerTrie.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';
import { packedBatch, runTraining } from '../training/packedBatch.ts';
import { type ForwardGolden, readJson, readTransformer, relativeDifference } from './goldens.ts';
import { storeWeights } from './storedWeights.ts';

const folder = mkdtempSync(join(tmpdir(), 'credence-weights-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['tiny-llama3-bf16', 'tiny-qwen2-f32'])('%s', (name) => {
  const transformer = readTransformer(name);
  const golden = readJson<ForwardGolden>('forward', `${name}.json`);
  const trie = buildAnswerTrie(golden.number_token_ids, golden.gt_id);
  const cpu = createCpuBackend(1);

  // The same float32 products of the same numbers: nothing but the kernels' order of summation may differ.
  test.each([
    { kind: 'halves', isPacked: false },
    { kind: 'int4', isPacked: true },
  ])('loss and gradients over $kind equal those over the float32 they stand for', async ({ isPacked }) => {
    const [frozen, wide] = storeWeights(folder, transformer, isPacked);
    if (isPacked) expect([...frozen.stored.values()].some(({ dataType }) => dataType === 'int4')).toBe(true);
    const expected = await runTraining(cpu, packedBatch(wide, trie, golden, 2));
    const narrow = await runTraining(cpu, packedBatch(wide, trie, golden, 2), { frozen });
    expect(Math.abs(narrow.loss - expected.loss)).toBeLessThan(1e-5);
    expect(relativeDifference(narrow.gradient, expected.gradient)).toBeLessThan(1e-6);
  });

  test('the gradient over int4 weights equals the finite difference of its loss', async () => {
    const [frozen, wide] = storeWeights(folder, transformer, true);
    const batch = packedBatch(wide, trie, golden, 2);
    const { gradient } = await runTraining(cpu, batch, { frozen });
    const random = createRandom(5);
    const direction = gradient.map(() => random.gaussian());
    const at = async (step: number): Promise<number> => {
      const vector = batch.vector.map((value, i) => value + step * direction[i]);
      return (await runTraining(cpu, { ...batch, vector }, { frozen })).loss;
    };
    const step = 2 ** -11;
    const slope = ((await at(step)) - (await at(-step))) / (2 * step);
    const expected = gradient.reduce((sum, value, i) => sum + value * direction[i], 0);
    // Float32 losses around 10, subtracted: about 1e-3 of a slope of some units.
    expect(Math.abs(slope - expected) / Math.abs(expected)).toBeLessThan(1e-2);
  });

  test('recomputed activations give the same bits', async () => {
    const batch = packedBatch(transformer, trie, golden, 2);
    expect(await runTraining(cpu, batch, { isCheckpointed: true })).toEqual(await runTraining(cpu, batch));
  });
});
