/** Lets a transformer write its answers freely, and counts how many close their bracket. */

import { join } from 'node:path';
import {
  buildNextTokenGraph,
  closesBracket,
  continueGreedily,
  type Generator,
} from '../../engine/training/generation.ts';
import { promptIds } from '../../engine/training/prepareScenarios.ts';
import type { Backend } from '../../engine/transformer/backend.ts';
import { CancelledError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { type DatasetRecord, datasetRecordSchema } from '../../shared/training.ts';
import { openRunnable } from './answerRun.ts';
import { recordsOf } from './jsonLines.ts';
import type { GenerateRequest, GenerationCheck } from './trainingMessages.ts';
import { openTransformerFolder } from './transformerFolder.ts';

/** `<`, three digits, `>` and some room. */
const MOST_TOKENS = 8;
const SHOWN = 3;

/** Generates after the first `request.count` prompts of the split, from nothing and from a given `<`. */
export async function runGenerate(
  request: GenerateRequest,
  backend: Backend,
  control: RunControl,
): Promise<GenerationCheck> {
  const opened = openTransformerFolder(request.transformer);
  const { architecture, tokenizer } = opened;
  const records = await firstRecords(request);
  const { runnable, close } = await openRunnable({ ...request, opened }, backend, control, (spec, base) =>
    buildNextTokenGraph(architecture, spec, base),
  );
  const generator: Generator = { ...runnable, endIds: architecture.endIds };
  const check = { n: records.length, free: 0, afterBracket: 0, examples: [] as string[] };
  try {
    for (const [i, record] of records.entries()) {
      if (control.signal?.aborted) throw new CancelledError('generate');
      const bracketed = promptIds(tokenizer, record);
      const write = async (ids: readonly number[]): Promise<string> =>
        tokenizer.decode(await continueGreedily(generator, ids, MOST_TOKENS));
      const free = await write(bracketed.slice(0, -1));
      const after = await write(bracketed);
      if (closesBracket(free, true)) check.free++;
      if (closesBracket(after, false)) check.afterBracket++;
      if (i < SHOWN) check.examples.push(free);
      control.onProgress?.({ stage: 'generate', done: i + 1, total: records.length, unit: 'prompts' });
    }
  } finally {
    await close();
  }
  return check;
}

async function firstRecords({ records, split, count }: GenerateRequest): Promise<DatasetRecord[]> {
  const first: DatasetRecord[] = [];
  for await (const { value } of recordsOf(join(records, `${split}.jsonl`), datasetRecordSchema)) {
    first.push(value);
    if (first.length === count) break;
  }
  return first;
}
