/**
 * Asks a transformer folder held-out reading questions, all kinds that have a right answer alike often, as whole prompts, and prints how many it answers right, by kind.
 * Usage: node build/pretrain/evaluateReading.ts FOLDER [--texts N] [--level NAME]
 */
import { parseArgs } from 'node:util';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { openTransformerFolder, readWeights } from '../../main/processes/transformerFolder.ts';
import { HELD_OUT_SEED } from './corpus.ts';
import { LEVELS, marksOf } from './curriculum.ts';
import { buildLogitsGraph, overallAccuracy, readingAccuracy } from './readingAccuracy.ts';
import { COMPARING_KINDS, PLAIN_KINDS } from './readingQuestions.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { texts: { type: 'string', default: '200' }, level: { type: 'string', default: 'prompt' } },
});
const [folder] = positionals;
const level = LEVELS.find(({ name }) => name === values.level);
if (!folder || !level)
  throw new Error('usage: node build/pretrain/evaluateReading.ts FOLDER [--texts N] [--level NAME]');
const { architecture, tokenizer } = openTransformerFolder(folder);
const executable = await createCpuBackend(1).compile(buildLogitsGraph(architecture));
const results = await readingAccuracy(
  { architecture, executable, weights: readWeights(folder, architecture), tokenizer, marks: marksOf(tokenizer) },
  { ...level, kinds: Object.fromEntries([...PLAIN_KINDS, ...COMPARING_KINDS].map((kind) => [kind, 1])) },
  HELD_OUT_SEED,
  Number(values.texts),
);
await executable.release();
for (const { kind, right, asked } of results.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)))
  console.log(
    `${kind.padEnd(12)}${String(right).padStart(6)} of ${String(asked).padStart(5)}${((100 * right) / asked).toFixed(1).padStart(8)} %`,
  );
const print = (label: string, chosen: typeof results): void =>
  console.log(`${label.padEnd(30)}${(100 * overallAccuracy(chosen)).toFixed(1).padStart(6)} %`);
print(
  'plain',
  results.filter(({ kind }) => PLAIN_KINDS.includes(kind)),
);
print('all', results);
