/** The job that asks the base transformer and adapters of the workspace one split of a dataset, and keeps answers and table. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerSet } from '../../../engine/evaluation/answerSet.ts';
import { directionControl } from '../../../engine/evaluation/directionControl.ts';
import { evaluateAnswers } from '../../../engine/evaluation/evaluateAnswers.ts';
import { constantAnswers, kindMeanAnswers, priorAnswers } from '../../../engine/evaluation/floors.ts';
import { createRandom } from '../../../engine/random.ts';
import { UserError } from '../../../shared/errors.ts';
import { type Evaluation, evaluationSchema } from '../../../shared/evaluation.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { DatasetRecord } from '../../../shared/training.ts';
import { readSplit } from '../../processes/datasetFiles.ts';
import { writeFolderDurably } from '../../processes/durableFiles.ts';
import { answerQueries, type TrainingControl } from '../../processes/trainingRunner.ts';
import { version } from '../../resources.ts';
import { datasetFolder, type JobContext, transformerFolder } from './jobContext.ts';

const INTERVAL = { level: 0.95, replicates: 2000 } as const;
export const EVALUATION_FILE = 'evaluation.json';

type Asked = {
  readonly source: 'base' | 'adapter';
  readonly sourceId: string;
  readonly label: string;
  readonly adapter: string | null;
};

/** The base and the adapters of the named runs. Throws UserError for a run without an adapter. */
function respondents(runsFolder: string, runs: readonly string[]): Asked[] {
  const base: Asked = { source: 'base', sourceId: 'base', label: 'Base transformer', adapter: null };
  const adapters = runs.map((run): Asked => {
    const adapter = join(runsFolder, run, 'adapter');
    if (!existsSync(adapter))
      throw new UserError(`run ${run} has no adapter`, { hint: 'train it until its first validation at least' });
    return { source: 'adapter', sourceId: run, label: `Adapter ${run}`, adapter };
  });
  return [base, ...adapters];
}

async function askAll(
  asked: readonly Asked[],
  questions: { readonly transformer: string; readonly dataset: string; readonly input: JobInput<'evaluate'> },
  control: TrainingControl,
): Promise<AnswerSet[]> {
  const { transformer, dataset, input } = questions;
  const sets: AnswerSet[] = [];
  for (const { source, sourceId, label, adapter } of asked) {
    const device = { backend: input.backend, threads: 1 };
    const request = { transformer, adapter, records: dataset, split: input.split, source, sourceId, device };
    sets.push({ source, sourceId, label, answers: await answerQueries(request, control) });
  }
  return sets;
}

/** The answers, the base's with its contests turned around, and the floors, which use nothing of the scenario's results. */
const withControls = (
  sets: readonly AnswerSet[],
  training: readonly DatasetRecord[],
  records: readonly DatasetRecord[],
) => [
  ...sets.flatMap((set) => (set.source === 'base' ? [set, directionControl(set, records)] : [set])),
  constantAnswers(records),
  kindMeanAnswers(training, records),
  ...(records.every(({ priorMean }) => priorMean !== undefined) ? [priorAnswers(records)] : []),
];

/** Asks, measures and keeps `evaluations/<name>`. Throws UserError where the name is taken or the split is empty. */
export async function runEvaluate(
  { paths, now, isBackground }: JobContext,
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
  const sets = await askAll(
    respondents(paths.runs, input.runs),
    { transformer, dataset, input },
    { ...control, isBackground },
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
