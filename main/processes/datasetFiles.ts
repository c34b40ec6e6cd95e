/** Reads dataset records (JSON Lines) as a stream of checked lines. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { type DatasetRecord, datasetRecordSchema, type Split } from '../../shared/training.ts';

/** The lines of a JSON Lines file under `schema`. Throws UserError naming file and line of the first that does not fit. */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  if (!existsSync(file))
    throw new UserError('this file is missing', { location: { file }, hint: 'Is this a dataset folder?' });
  const values: T[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    values.push(parseLine(text, schema, { file, line }));
  }
  return values;
}

function parseLine<T>(text: string, schema: z.ZodType<T>, location: { file: string; line: number }): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('this line is not JSON', { location, cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`this line is not as expected: ${issue.path.join('.')}: ${issue.message}`, { location });
}

/** The records of one split of a dataset folder; they must not be none. */
export async function readSplit(dataset: string, split: Split): Promise<DatasetRecord[]> {
  const file = join(dataset, `${split}.jsonl`);
  const records = await readJsonLines(file, datasetRecordSchema);
  if (records.length === 0)
    throw new UserError(`the ${split} split has no records`, {
      location: { file },
      hint: 'Build a larger dataset, or hold out other motif cells.',
    });
  return records;
}
