/** The job that fine-tunes a transformer on a dataset of the workspace. Stopped, it goes on from its last checkpoint. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { runFineTune } from '../../processes/trainingRunner.ts';
import { datasetFolder, type JobContext, transformerFolder } from './jobContext.ts';

/** Fine-tunes into `runs/<name>`. */
export async function runTrain(
  { paths }: JobContext,
  input: JobInput<'train'>,
  isResumed: boolean,
  control: RunControl,
): Promise<string> {
  mkdirSync(paths.runs, { recursive: true, mode: 0o700 });
  const out = join(paths.runs, input.name);
  const { bestStep, bestMae, steps, stoppedEarly } = await runFineTune(
    {
      transformer: transformerFolder(paths, input.transformer),
      dataset: datasetFolder(paths, input.dataset),
      out,
      config: input.config,
      // A job that was stopped before its folder was made begins at the beginning.
      resume: isResumed && existsSync(join(out, 'config.json')),
    },
    { ...control, isBackground: true },
  );
  const early = stoppedEarly ? ', stopped early' : '';
  return `${steps} steps${early}; best validation MAE ${bestMae.toFixed(2)} points at step ${bestStep}`;
}
