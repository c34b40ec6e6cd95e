/** The job that gives a run's adapter away: as the folder PEFT loads, or worked into its transformer as a Hugging Face folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { writeFolderDurably } from '../../processes/durableFiles.ts';
import { mergeTransformer } from '../../processes/trainingRunner.ts';
import { readOrigin } from '../runSummaries.ts';
import { type JobContext, transformerFolder } from './jobContext.ts';

/** Exports into `exports/<name>`. Throws UserError where the name is taken or the run has no adapter. */
export async function runAdapter(
  { paths }: JobContext,
  { name, run, form }: JobInput<'adapter'>,
  control: RunControl,
): Promise<string> {
  const out = join(paths.exports, name);
  const adapter = join(paths.runs, run, 'adapter');
  if (existsSync(out)) throw new UserError(`there is an export ${name} already`, { hint: 'choose another name' });
  if (!existsSync(join(adapter, 'adapter_config.json')))
    throw new UserError(`run ${run} has no adapter yet`, { hint: 'an adapter comes with the first validation' });
  mkdirSync(paths.exports, { recursive: true, mode: 0o700 });
  if (form === 'peft') {
    writeFolderDurably(out, new Map(readdirSync(adapter).map((file) => [file, readFileSync(join(adapter, file))])));
    return `adapter of ${run} in ${out}`;
  }
  const origin = readOrigin(paths, run);
  if (!origin)
    throw new UserError(`it is not known which transformer run ${run} began with`, {
      hint: 'merge it by "credence merge --model DIR --adapter DIR --out DIR"',
    });
  await mergeTransformer({ transformer: transformerFolder(paths, origin.transformer), adapter, out }, control);
  return `${origin.transformer} with the adapter of ${run} in ${out}`;
}
