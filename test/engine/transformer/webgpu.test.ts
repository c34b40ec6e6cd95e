/**
 * The same numbers on a graphics card: every operator with its gradients, logits, and LoRA gradients, against the CPU. Skipped, with the
 * reason in the title, where there is no adapter; a software one (Mesa's lavapipe) is enough.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildAnswerTrie } from '../../../engine/transformer/answerTrie.ts';
import { createCpuBackend, objectionTo, openBackend } from '../../../main/processes/ortBackend.ts';
import { packedBatch, runAnswers, runTraining } from '../training/packedBatch.ts';
import { operatorValues } from './finiteDifference.ts';
import { type ForwardGolden, maxDifference, readJson, readTransformer, relativeDifference } from './goldens.ts';
import { OPERATOR_CASES } from './operatorCases.ts';
import { storeWeights } from './storedWeights.ts';

const objection = await objectionTo('webgpu');
const FIRST_USE_MS = 120_000;

describe.skipIf(objection !== null)(
  `webgpu${objection === null ? '' : ` (no adapter here: ${objection})`}`,
  async () => {
    const cpu = createCpuBackend(1);
    const gpu = objection === null ? await openBackend('webgpu', 1) : cpu;

    // Other orders of summation: a few float32 roundings.
    test.each(Object.entries(OPERATOR_CASES))('%s and its gradients agree with the CPU', async (_, operator) => {
      const expected = await operatorValues(operator, cpu);
      for (const [name, values] of await operatorValues(operator, gpu))
        expect(maxDifference(values, expected.get(name) ?? []), name).toBeLessThan(5e-6);
    });

    test.each(['tiny-llama3-bf16', 'tiny-qwen2-f32'])(
      '%s: recorded log-probabilities, and the gradients of the CPU',
      async (folder) => {
        const transformer = readTransformer(folder);
        const golden = readJson<ForwardGolden>('forward', `${folder}.json`);
        const trie = buildAnswerTrie(golden.number_token_ids, golden.gt_id);
        const prompt = golden.prompts[3];
        const ids = [...prompt.ids, ...(prompt.number_context_appends_lt ? [golden.lt_id] : [])];
        const logProbs = await runAnswers(gpu, transformer, trie, [ids]);
        expect(maxDifference(logProbs, prompt.number_logprob)).toBeLessThan(2e-4);
        const batch = packedBatch(transformer, trie, golden, 2);
        const expected = await runTraining(cpu, batch);
        const { loss, gradient } = await runTraining(gpu, batch);
        expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-4);
        expect(relativeDifference(gradient, expected.gradient)).toBeLessThan(1e-5);
      },
      FIRST_USE_MS,
    );

    test.each([false, true])(
      'gradients over weights in files (int4: %s), recomputed, are those of the CPU',
      async (isPacked) => {
        const transformer = readTransformer('tiny-llama3-bf16');
        const golden = readJson<ForwardGolden>('forward', 'tiny-llama3-bf16.json');
        const trie = buildAnswerTrie(golden.number_token_ids, golden.gt_id);
        const folder = mkdtempSync(join(tmpdir(), 'credence-weights-'));
        const [frozen, wide] = storeWeights(folder, transformer, isPacked);
        const batch = packedBatch(wide, trie, golden, 2);
        const expected = await runTraining(cpu, batch);
        const { loss, gradient } = await runTraining(gpu, batch, { frozen, isCheckpointed: true });
        rmSync(folder, { recursive: true, force: true });
        expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-4);
        expect(relativeDifference(gradient, expected.gradient)).toBeLessThan(1e-5);
      },
      FIRST_USE_MS,
    );
  },
);
