/** The job that asks the base transformer and adapters of the workspace one split of a dataset, and keeps answers and table. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerSet } from '../../../engine/evaluation/answerSet.ts';
import { directionControl } from '../../../engine/evaluation/directionControl.ts';
import { evaluateAnswers } from '../../../engine/evaluation/evaluateAnswers.ts';
import { createRandom } from '../../../engine/random.ts';
import { UserError } from '../../../shared/errors.ts';
import { type Evaluation, evaluationSchema } from '../../../shared/evaluation.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { DatasetRecord } from '../../../shared/training.ts';
import { askTransformers, floorAnswers } from '../../jobs/answerSources.ts';
import { readSplit } from '../../processes/datasetFiles.ts';
import { writeFolderDurably } from '../../processes/durableFiles.ts';
import { version } from '../../resources.ts';
import { datasetFolder, type JobContext, transformerFolder } from './jobContext.ts';
import { respondents } from './respondents.ts';

const INTERVAL = { level: 0.95, replicates: 2000 } as const;
export const EVALUATION_FILE = 'evaluation.json';

/** The answers, the base's with its contests turned around, and the floors, which use nothing of the scenario's results. */
const withControls = (
  sets: readonly AnswerSet[],
  training: readonly DatasetRecord[],
  records: readonly DatasetRecord[],
) => [
  ...sets.flatMap((set) => (set.source === 'base' ? [set, directionControl(set, records)] : [set])),
  ...floorAnswers(training, records),
];

/** Asks, measures and keeps `evaluations/<name>`. Throws UserError where the name is taken or the split is empty. */
export async function runEvaluate(
  { paths, now }: JobContext,
  input: JobInput<'evaluate'>,
  control: RunControl,
): Promise<string> {
  const out = join(paths.evaluations, input.name);
  if (existsSync(out))
    throw new UserError(`there is an evaluation ${input.name} already`, { hint: 'choose another name' });
  const dataset = datasetFolder(paths, input.dataset);
  const transformer = transformerFolder(paths, input.transformer);
  const [training, records] = [await readSplit(dataset, 'train'), await readSplit(dataset, input.split)];
  if (records.length === 0) throw new UserError(`dataset ${input.dataset} has no ${input.split} queries`);
  const sets = await askTransformers(
    transformer,
    respondents(paths.runs, input.runs),
    { dataset, split: input.split },
    { device: { backend: input.backend, threads: 1 }, control: { ...control, isBackground: true } },
  );
  const random = createRandom(input.seed).split('evaluation');
  const evaluation: Evaluation = evaluationSchema.parse({
    name: input.name,
    createdAt: now(),
    version: version(),
    transformer: input.transformer,
    dataset: input.dataset,
    split: input.split,
    runs: input.runs,
    scenarios: new Set(records.map(({ scenarioId }) => scenarioId)).size,
    rows: evaluateAnswers(random, records, withControls(sets, training, records), INTERVAL),
    interval: { ...INTERVAL, seed: input.seed },
  });
  const lines = sets.flatMap(({ answers }) => answers.map((answer) => `${JSON.stringify(answer)}\n`));
  mkdirSync(paths.evaluations, { recursive: true, mode: 0o700 });
  writeFolderDurably(
    out,
    new Map([
      ['answers.jsonl', lines.join('')],
      [EVALUATION_FILE, `${JSON.stringify(evaluation)}\n`],
    ]),
  );
  const best = evaluation.rows
    .filter(({ source }) => source === 'adapter')
    .sort((a, b) => a.mae.value - b.mae.value)[0];
  return `${records.length} queries${best ? `; ${best.label}: MAE ${best.mae.value.toFixed(2)} points` : ''}`;
}
