/** What a run was made from: the hashes of the transformer's and the dataset's files, kept in the run folder and in the adapter's provenance. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { writeFileAtomic } from './durableFiles.ts';

const INPUTS_FILE = 'inputs.json';

const hashesSchema = z.record(z.string(), z.string());
const inputsSchema = z.strictObject({ transformer: hashesSchema, dataset: hashesSchema });
/** SHA-256 by file name. */
export type RunInputs = z.infer<typeof inputsSchema>;

const isTransformerFile = (name: string): boolean =>
  name.endsWith('.safetensors') || ['config.json', 'tokenizer.json', 'tokenizer_config.json'].includes(name);
const isDatasetFile = (name: string): boolean => ['dataset.json', 'train.jsonl', 'validation.jsonl'].includes(name);

async function hashFolder(
  folder: string,
  isWanted: (name: string) => boolean,
  control: RunControl,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  const names = readdirSync(folder).filter(isWanted).sort();
  for (const [i, name] of names.entries()) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 2 ** 22 })) {
      if (control.signal?.aborted) throw new CancelledError('train');
      hash.update(chunk);
    }
    hashes[name] = hash.digest('hex');
    control.onProgress?.({ stage: 'check files', done: i + 1, total: names.length, unit: 'files' });
  }
  return hashes;
}

/** Hashes the inputs and writes them down; for a resumed run, throws UserError naming the file that is not what the run began with. */
export async function recordInputs(
  request: { readonly transformer: string; readonly dataset: string; readonly out: string },
  control: RunControl,
): Promise<RunInputs> {
  const inputs: RunInputs = {
    transformer: await hashFolder(request.transformer, isTransformerFile, control),
    dataset: await hashFolder(request.dataset, isDatasetFile, control),
  };
  const file = join(request.out, INPUTS_FILE);
  if (!existsSync(file)) {
    writeFileAtomic(file, `${JSON.stringify(inputs, null, 2)}\n`);
    return inputs;
  }
  const earlier = inputsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  for (const part of ['transformer', 'dataset'] as const)
    for (const name of new Set([...Object.keys(earlier[part]), ...Object.keys(inputs[part])]))
      if (earlier[part][name] !== inputs[part][name])
        throw new UserError(`${name} of the ${part} is not what the run began with`, {
          location: { file: join(request[part], name) },
          hint: 'Put the earlier file back, or start a run in another folder.',
        });
  return inputs;
}
