/**
 * Asks a transformer folder held-out reading questions, as whole prompts, and prints how many it answers right, by kind.
 * Usage: node build/pretrain/evaluateReading.ts FOLDER [--texts N] [--stage NAME]
 */
import { parseArgs } from 'node:util';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { openTransformerFolder, readWeights } from '../../main/processes/transformerFolder.ts';
import { HELD_OUT_SEED } from './corpus.ts';
import { marksOf, STAGES } from './curriculum.ts';
import { buildLogitsGraph, overallAccuracy, readingAccuracy } from './readingAccuracy.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { texts: { type: 'string', default: '200' }, stage: { type: 'string', default: 'prompt' } },
});
const [folder] = positionals;
const stage = STAGES.find(({ name }) => name === values.stage);
if (!folder || !stage)
  throw new Error('usage: node build/pretrain/evaluateReading.ts FOLDER [--texts N] [--stage NAME]');
const { architecture, tokenizer } = openTransformerFolder(folder);
const executable = await createCpuBackend(1).compile(buildLogitsGraph(architecture));
const results = await readingAccuracy(
  { architecture, executable, weights: readWeights(folder, architecture), tokenizer, marks: marksOf(tokenizer) },
  stage,
  HELD_OUT_SEED,
  Number(values.texts),
);
await executable.release();
for (const { kind, right, asked } of results.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)))
  console.log(
    `${kind.padEnd(12)}${String(right).padStart(6)} of ${String(asked).padStart(5)}${((100 * right) / asked).toFixed(1).padStart(8)} %`,
  );
console.log(
  `${'all'.padEnd(12)}${''.padStart(6)}    ${''.padStart(5)}${(100 * overallAccuracy(results)).toFixed(1).padStart(8)} %`,
);
