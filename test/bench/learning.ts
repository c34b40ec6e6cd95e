/**
 * What fine-tuning on posteriors teaches the shipped transformer: errors on the test split of held-out motif cells, of base, mean-target
 * adapters and distribution adapters, beside the kind-mean floor; the rate of each arm is chosen by its validation error on the first seed.
 * Usage: node test/bench/learning.ts [--scenarios N] [--seeds 1,2,3] [--rates X,Y] [--epochs N] [--out DIR] [--transformer DIR] [--threads N]
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AnswerSet, answersTo } from '../../engine/evaluation/answerSet.ts';
import { kindMeanAnswers } from '../../engine/evaluation/floors.ts';
import { createRandom } from '../../engine/random.ts';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import { bootstrap, percentileInterval } from '../../engine/statistics/bootstrap.ts';
import { FULL } from '../../main/demo/demoSizes.ts';
import { askTransformers, type Respondent } from '../../main/jobs/answerSources.ts';
import { buildDataset } from '../../main/jobs/datasetBuild.ts';
import { readSplit } from '../../main/processes/datasetFiles.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';
import type { FineTuneResult } from '../../main/processes/trainingMessages.ts';
import { runFineTune } from '../../main/processes/trainingRunner.ts';
import { resource } from '../../main/resources.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { DatasetRecord, TrainConfig } from '../../shared/training.ts';
import { trainConfigSchema } from '../../shared/training.ts';

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', default: '800' },
    seeds: { type: 'string', default: '1,2,3' },
    rates: { type: 'string', default: '1.5e-3,3e-3' },
    epochs: { type: 'string', default: '20' },
    threads: { type: 'string', default: '2' },
    transformer: { type: 'string', default: resource('studies', 'transformer') },
    out: { type: 'string' },
  },
});
const DATA_SEED = 20_001;
const REPLICATES = 10_000;
const ARMS = ['distribution', 'mean'] as const;
type Arm = (typeof ARMS)[number];

const numbers = (text: string): number[] => text.split(',').map(Number);
const out = values.out ?? mkdtempSync(join(tmpdir(), 'credence-learning-'));
mkdirSync(out, { recursive: true });
const dataset = join(out, 'dataset');
const threads = Number(values.threads);

async function buildData(): Promise<void> {
  if (existsSync(join(dataset, 'test.jsonl'))) return;
  const pool = createInferencePool({ workers: 2 });
  const count = Number(values.scenarios);
  const scenarios = generateScenarios({ domain: 'sports', count, seed: DATA_SEED, teamSizes: FULL.teamSizes });
  try {
    await buildDataset({ scenarios, outDir: dataset, pool, seed: DATA_SEED, precision: 0.5, total: count });
  } finally {
    await pool.stop();
  }
}

async function trainAdapter(target: Arm, seed: number, learningRate: number): Promise<FineTuneResult> {
  const config: TrainConfig = trainConfigSchema.parse({
    ...FULL.training,
    ...{ target, seed, learningRate, threads, epochs: Number(values.epochs), patience: Number(values.epochs) },
  });
  const run = join(out, `${target}-${seed}-${learningRate}`);
  const result = await runFineTune({
    transformer: values.transformer,
    dataset,
    out: run,
    config,
    resume: existsSync(run),
  });
  console.log(
    `${target.padEnd(13)} seed ${seed} rate ${learningRate}: validation MAE ${result.bestMae.toFixed(2)} at step ${result.bestStep} of ${result.steps}`,
  );
  return result;
}

/** The arm's adapters, one per seed, at the rate that validates best on the first seed. */
async function trainArm(target: Arm): Promise<Respondent[]> {
  const [first, ...others] = numbers(values.seeds);
  const tried: { rate: number; result: FineTuneResult }[] = [];
  for (const rate of numbers(values.rates)) tried.push({ rate, result: await trainAdapter(target, first, rate) });
  const chosen = tried.reduce((best, own) => (own.result.bestMae < best.result.bestMae ? own : best));
  const results = [chosen.result];
  for (const seed of others) results.push(await trainAdapter(target, seed, chosen.rate));
  return results.map(({ adapter }, i) => ({
    source: 'adapter',
    sourceId: `${target}-${i}`,
    label: `${target} adapter`,
    adapter,
  }));
}

/** A row of the table: absolute errors per record, averaged over the seeds. */
type Row = { readonly label: string; readonly errors: Float64Array };

const argmax = ({ bins = [] }: ModelAnswer): number => bins.indexOf(Math.max(...bins));

function errorsOf(
  sets: readonly AnswerSet[],
  records: readonly DatasetRecord[],
  read: (answer: ModelAnswer) => number,
) {
  const answers = sets.map((set) => answersTo(set, records));
  return Float64Array.from(
    records,
    ({ mean }, i) => answers.reduce((sum, own) => sum + Math.abs(read(own[i]) - mean), 0) / answers.length,
  );
}

/** Statistic of the records of drawn scenarios, with its interval over scenarios: `12.34 [11.20, 13.50]`. */
function estimate(groups: readonly number[][], statistic: (records: readonly number[]) => number): string {
  const random = createRandom(DATA_SEED).split('bootstrap');
  const replicates = bootstrap(random, groups.length, REPLICATES, (drawn) =>
    statistic([...drawn].flatMap((s) => groups[s])),
  );
  const { low, high } = percentileInterval(replicates);
  return `${statistic(groups.flat()).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function printTable(rows: readonly Row[], records: readonly DatasetRecord[]): void {
  const byScenario = (kinds: readonly string[]): number[][] => {
    const groups = new Map<string, number[]>();
    records.forEach(({ kind, scenarioId }, i) => {
      if (kinds.includes(kind)) groups.set(scenarioId, [...(groups.get(scenarioId) ?? []), i]);
    });
    return [...groups.values()];
  };
  const mean = (errors: Float64Array, chosen: readonly number[]): number =>
    chosen.reduce((sum, i) => sum + errors[i], 0) / chosen.length;
  const KINDS = [['rank', 'contest'], ['rank'], ['contest'], ['percentage']];
  const columns = KINDS.map((kinds) => ({ name: kinds.join(' and '), groups: byScenario(kinds) }));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(26))).join('');
  console.log(`\n${line(['MAE, points', ...columns.map(({ name }) => name)])}`);
  for (const { label, errors } of rows)
    console.log(line([label, ...columns.map(({ groups }) => estimate(groups, (chosen) => mean(errors, chosen)))]));
  const own = rows.find(({ label }) => label === 'distribution adapter')?.errors ?? new Float64Array();
  for (const { label, errors } of rows.slice(0, 3))
    console.log(
      `rank and contest, distribution adapter / ${label}: ${estimate(columns[0].groups, (chosen) => mean(own, chosen) / mean(errors, chosen))}`,
    );
}

await buildData();
const respondents: Record<Arm, Respondent[]> = { distribution: [], mean: [] };
for (const arm of ARMS) respondents[arm] = await trainArm(arm);
const [training, test] = [await readSplit(dataset, 'train'), await readSplit(dataset, 'test')];
const base: Respondent = { source: 'base', sourceId: 'base', label: 'base', adapter: null };
const ask = (chosen: readonly Respondent[]): Promise<AnswerSet[]> =>
  askTransformers(values.transformer, chosen, { dataset, split: 'test' }, { device: { threads }, control: {} });
const answers = {
  base: await ask([base]),
  mean: await ask(respondents.mean),
  distribution: await ask(respondents.distribution),
};
const mean = (answer: ModelAnswer): number => answer.mean;
printTable(
  [
    { label: 'kind-mean floor', errors: errorsOf([kindMeanAnswers(training, test)], test, mean) },
    { label: 'base', errors: errorsOf(answers.base, test, mean) },
    { label: 'mean adapter', errors: errorsOf(answers.mean, test, mean) },
    { label: 'distribution adapter', errors: errorsOf(answers.distribution, test, mean) },
    { label: 'base, likeliest answer', errors: errorsOf(answers.base, test, argmax) },
    { label: 'mean adapter, likeliest answer', errors: errorsOf(answers.mean, test, argmax) },
    { label: 'distribution, likeliest answer', errors: errorsOf(answers.distribution, test, argmax) },
  ],
  test,
);
if (values.out === undefined) rmSync(out, { recursive: true, force: true });
