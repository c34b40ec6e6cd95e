/**
 * Memory of a large transformer: writes a folder of 1.1 billion random bf16 weights, answers one prompt, and prints the peak of the process against
 * the size of the weights in the type they are kept in. Linux only (VmHWM). Takes 2.2 GB of disk under --folder, which is removed.
 * Usage: node test/bench/largeTransformer.ts [--weights float32|float16|int4] [--threads N] [--folder DIR]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { storedBytes } from '../../engine/training/memoryPlan.ts';
import { runLogProbs } from '../../main/processes/answerRun.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { logProbsRequestSchema } from '../../main/processes/trainingMessages.ts';
import { LLAMA_1B, weightCount, writeSyntheticFolder } from './syntheticFolder.ts';

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'float32' },
    threads: { type: 'string', default: '2' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const GIB = 2 ** 30;
const peakBytes = (): number => 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);

const folder = mkdtempSync(join(values.folder, 'credence-large-'));
try {
  const architecture = writeSyntheticFolder(folder, LLAMA_1B);
  const prompts = join(folder, 'prompts.jsonl');
  writeFileSync(prompts, `${JSON.stringify({ prompt: 'Ada beat Bela. How strong is Ada, from 0 to 100?' })}\n`);
  const threads = Number(values.threads);
  const request = logProbsRequestSchema.parse({
    kind: 'logProbs',
    transformer: folder,
    prompts,
    device: { threads, weights: values.weights },
  });
  const before = peakBytes();
  const startedAt = performance.now();
  await runLogProbs(request, createCpuBackend(threads), {
    receive: ([line]) =>
      console.log(`answered: mean ${line.mean.toFixed(2)}, on the answers ${line.total.toFixed(2)} nats`),
  });
  const size = storedBytes(architecture, request.device.weights);
  console.log(
    `${(weightCount(architecture) / 1e9).toFixed(2)} B weights as ${request.device.weights}: ${(size / GIB).toFixed(2)} GiB; ` +
      `peak of the process ${(peakBytes() / GIB).toFixed(2)} GiB (${(before / GIB).toFixed(2)} before loading), ratio ${(peakBytes() / size).toFixed(2)}, ` +
      `${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
