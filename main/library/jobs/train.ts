/** The job that fine-tunes a transformer on a dataset of the workspace, once or over a sweep. Stopped, it goes on from its last checkpoint. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { makeFolders, writeFileAtomic } from '../../processes/durableFiles.ts';
import type { FineTuneResult } from '../../processes/trainingMessages.ts';
import { runFineTune } from '../../processes/trainingRunner.ts';
import { datasetFolder, type JobContext, transformerFolder } from './jobContext.ts';
import { ORIGIN_FILE } from './origin.ts';
import { type SweepRun, sweepRuns } from './sweep.ts';

type Placed = { readonly index: number; readonly count: number };

/** Which run of how many the progress is of. */
const placed = (control: RunControl, { index, count }: Placed): RunControl => ({
  ...control,
  onProgress: (progress) =>
    control.onProgress?.({
      ...progress,
      stage: count === 1 ? progress.stage : `${progress.stage}, run ${index + 1} of ${count}`,
    }),
});

/** Fine-tunes one run into `runs/<name>`. */
function trainOne(
  { paths }: JobContext,
  { name, config }: SweepRun,
  { input, isResumed }: { readonly input: JobInput<'train'>; readonly isResumed: boolean },
  control: RunControl,
): Promise<FineTuneResult> {
  const { transformer, dataset, sweep } = input;
  const out = join(paths.runs, name);
  const request = {
    transformer: transformerFolder(paths, transformer),
    dataset: datasetFolder(paths, dataset),
    out,
    config,
    // A job that was stopped before its folder was made begins at the beginning; a run that had ended gives its result again.
    resume: isResumed && existsSync(join(out, 'config.json')),
  };
  if (!existsSync(join(out, 'config.json'))) {
    makeFolders(out);
    const origin = { transformer, dataset, sweep: sweep ? input.name : null };
    writeFileAtomic(join(out, ORIGIN_FILE), `${JSON.stringify(origin)}\n`);
  }
  return runFineTune(request, { ...control, isBackground: true });
}

/** Fine-tunes every run of the job. The best of a sweep is the one with the smallest validation error. */
export async function runTrain(
  context: JobContext,
  input: JobInput<'train'>,
  isResumed: boolean,
  control: RunControl,
): Promise<string> {
  const runs = sweepRuns(input);
  const ended: (FineTuneResult & { readonly name: string })[] = [];
  for (const [index, run] of runs.entries()) {
    const result = await trainOne(context, run, { input, isResumed }, placed(control, { index, count: runs.length }));
    ended.push({ ...result, name: run.name });
  }
  const [best] = ended.sort((a, b) => a.bestMae - b.bestMae);
  const early = best.stoppedEarly ? ', stopped early' : '';
  const chosen = runs.length === 1 ? '' : `best of ${runs.length}: ${best.name}; `;
  return `${chosen}${best.steps} steps${early}; best validation MAE ${best.bestMae.toFixed(2)} points at step ${best.bestStep}`;
}
