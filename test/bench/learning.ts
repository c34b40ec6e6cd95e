/**
 * What fine-tuning on posteriors teaches the shipped transformer: errors on the test split of held-out motif cells, of base, mean-target
 * adapters and distribution adapters, beside the kind-mean floor; batch and rate of each arm are chosen by its validation error on the first seed,
 * among the same for both and at the same number of scenarios read. The two arms train side by side.
 * Usage: node test/bench/learning.ts [--scenarios N] [--more N] [--seeds 1,2,3] [--batches N,M] [--rates X,Y] [--budget SCENARIOS]
 * [--schedule NAME] [--rank N] [--out DIR] [--transformer DIR] [--threads N]
 */
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AnswerSet, answersTo } from '../../engine/evaluation/answerSet.ts';
import { kindMeanAnswers } from '../../engine/evaluation/floors.ts';
import { createRandom } from '../../engine/random.ts';
import { type GenerateOptions, generateScenarios } from '../../engine/scenario/generate.ts';
import { MOTIF_CELLS } from '../../engine/scenario/motifs.ts';
import { bootstrap, percentileInterval } from '../../engine/statistics/bootstrap.ts';
import { DEFAULT_HOLD_OUT } from '../../engine/training/split.ts';
import { FULL } from '../../main/demo/demoSizes.ts';
import { askTransformers, type Respondent } from '../../main/jobs/answerSources.ts';
import { buildDataset, type DatasetBuildOptions } from '../../main/jobs/datasetBuild.ts';
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
    more: { type: 'string', default: '2000' },
    seeds: { type: 'string', default: '1,2,3' },
    batches: { type: 'string', default: '1,4' },
    rates: { type: 'string', default: '1e-3' },
    budget: { type: 'string', default: '3200' },
    schedule: { type: 'string', default: 'cosine' },
    rank: { type: 'string', default: '32' },
    threads: { type: 'string', default: '1' },
    transformer: { type: 'string', default: resource('studies', 'transformer') },
    out: { type: 'string' },
  },
});
const DATA_SEED = 20_001;
const REPLICATES = 10_000;
/** Wanted mcse of labels in points: of the scenarios that validate and test, and of the many that only train. */
const PRECISION = { fine: 0.5, coarse: 2 } as const;
const ARMS = ['distribution', 'mean'] as const;
type Arm = (typeof ARMS)[number];

const numbers = (text: string): number[] => text.split(',').map(Number);
const out = values.out ?? mkdtempSync(join(tmpdir(), 'credence-learning-'));
mkdirSync(out, { recursive: true });
const dataset = join(out, 'dataset');
const threads = Number(values.threads);
const seeds = numbers(values.seeds);

type Part = Pick<GenerateOptions, 'count' | 'seed' | 'cells'> &
  Pick<DatasetBuildOptions, 'precision' | 'priorPrecision'>;

/** Generates and labels scenarios into a folder of their own; a folder that is complete stays. */
async function buildPart(name: string, { count, seed, cells, ...labels }: Part): Promise<string> {
  const outDir = join(out, name);
  if (existsSync(join(outDir, 'dataset.json'))) return outDir;
  const pool = createInferencePool({ workers: 2 });
  const scenarios = generateScenarios({ domain: 'sports', count, seed, cells, teamSizes: FULL.teamSizes });
  try {
    await buildDataset({ scenarios, outDir, pool, seed, total: count, ...labels });
  } finally {
    await pool.stop();
  }
  return outDir;
}

/** One dataset: finely labelled scenarios of all cells, and more of the training cells, labelled coarsely, in its training split. */
async function buildData(): Promise<void> {
  if (existsSync(dataset)) return;
  const count = Number(values.scenarios);
  const evaluated = await buildPart('evaluated', { count, seed: DATA_SEED, precision: PRECISION.fine });
  const part = `${dataset}.part`;
  cpSync(evaluated, part, { recursive: true });
  if (Number(values.more) > 0) {
    const cells = MOTIF_CELLS.filter(({ P, C, R }) => !DEFAULT_HOLD_OUT.cells.includes(`${P},${C},${R}`));
    const coarse = { precision: PRECISION.coarse, priorPrecision: null };
    const more = await buildPart('more', { count: Number(values.more), seed: DATA_SEED + 1, cells, ...coarse });
    appendFileSync(join(part, 'train.jsonl'), readFileSync(join(more, 'train.jsonl')));
  }
  renameSync(part, dataset);
}

/** What is searched over. */
type Settings = { readonly batch: number; readonly learningRate: number };

const SEARCHED: readonly Settings[] = numbers(values.batches).flatMap((batch) =>
  numbers(values.rates).map((learningRate) => ({ batch, learningRate })),
);
/** How often a run validates: the same share of its budget, whatever the batch. */
const VALIDATIONS = 8;

const configOf = (target: Arm, seed: number, settings: Settings): TrainConfig =>
  trainConfigSchema.parse({
    ...FULL.training,
    ...settings,
    ...{ target, seed, threads, schedule: values.schedule, epochs: VALIDATIONS, patience: VALIDATIONS },
    epochBatches: Math.ceil(Number(values.budget) / settings.batch / VALIDATIONS),
    ...{ rank: Number(values.rank), alpha: 2 * Number(values.rank) },
  });

async function trainAdapter(target: Arm, seed: number, settings: Settings): Promise<FineTuneResult> {
  const name = `${target}-${seed}-${settings.batch}-${settings.learningRate}`;
  const run = join(out, name);
  const config = configOf(target, seed, settings);
  const request = { transformer: values.transformer, dataset, out: run, config, resume: existsSync(run) };
  const { bestMae, bestStep, ...result } = await runFineTune(request);
  console.log(`${name}: validation MAE ${bestMae.toFixed(2)} at step ${bestStep} of ${result.steps}`);
  return { bestMae, bestStep, ...result };
}

/** The arm's adapters, one per seed, with the settings that validate best on the first seed. */
async function trainArm(target: Arm): Promise<Respondent[]> {
  const [first, ...others] = seeds;
  const tried: { settings: Settings; result: FineTuneResult }[] = [];
  for (const settings of SEARCHED) tried.push({ settings, result: await trainAdapter(target, first, settings) });
  const chosen = tried.reduce((best, own) => (own.result.bestMae < best.result.bestMae ? own : best));
  const results = [chosen.result];
  for (const seed of others) results.push(await trainAdapter(target, seed, chosen.settings));
  return results.map(({ adapter }, i) => ({
    source: 'adapter',
    sourceId: `${target}-${i}`,
    label: `${target} adapter`,
    adapter,
  }));
}

/** A row of the table: absolute errors per record, of every seed; what has no seeds has one. */
type Row = { readonly label: string; readonly errors: readonly Float64Array[] };

const argmax = ({ bins = [] }: ModelAnswer): number => bins.indexOf(Math.max(...bins));

const errorsOf = (
  sets: readonly AnswerSet[],
  records: readonly DatasetRecord[],
  read: (answer: ModelAnswer) => number,
): Float64Array[] =>
  sets.map((set) => {
    const answers = answersTo(set, records);
    return Float64Array.from(records, ({ mean }, i) => Math.abs(read(answers[i]) - mean));
  });

/** What is averaged: which records, and which seeds' runs. */
type Drawn = { readonly records: readonly number[]; readonly runs: readonly number[] };

/** Mean error over the drawn records and runs. */
function meanError({ errors }: Row, { records, runs }: Drawn): number {
  let sum = 0;
  for (const run of runs) for (const i of records) sum += errors[run % errors.length][i];
  return sum / (runs.length * records.length);
}

/** A statistic with its interval over scenarios and seeds, both drawn again: `12.34 [11.20, 13.50]`. */
function estimate(groups: readonly number[][], statistic: (drawn: Drawn) => number): string {
  const random = createRandom(DATA_SEED).split('bootstrap');
  const again = random.split('seeds');
  const replicates = bootstrap(random, groups.length, REPLICATES, (drawn) =>
    statistic({ records: [...drawn].flatMap((s) => groups[s]), runs: seeds.map(() => again.integer(seeds.length)) }),
  );
  const { low, high } = percentileInterval(replicates);
  const value = statistic({ records: groups.flat(), runs: [...seeds.keys()] });
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function printTable(rows: readonly Row[], records: readonly DatasetRecord[]): void {
  const byScenario = (kinds: readonly string[]): number[][] => {
    const groups = new Map<string, number[]>();
    records.forEach(({ kind, scenarioId }, i) => {
      if (kinds.includes(kind)) groups.set(scenarioId, [...(groups.get(scenarioId) ?? []), i]);
    });
    return [...groups.values()];
  };
  const KINDS = [['rank', 'contest'], ['rank'], ['contest'], ['percentage']];
  const columns = KINDS.map((kinds) => ({ name: kinds.join(' and '), groups: byScenario(kinds) }));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(26))).join('');
  console.log(`\n${line(['MAE, points', ...columns.map(({ name }) => name)])}`);
  for (const row of rows)
    console.log(line([row.label, ...columns.map(({ groups }) => estimate(groups, (drawn) => meanError(row, drawn)))]));
  const { groups } = columns[0];
  const own = rows.find(({ label }) => label === 'distribution adapter');
  for (const row of rows.slice(0, 3)) {
    if (!own) continue;
    const ratio = (drawn: Drawn): number => meanError(own, drawn) / meanError(row, drawn);
    const bySeed = seeds.map((_, run) => ratio({ records: groups.flat(), runs: [run] }).toFixed(3));
    console.log(
      `rank and contest, distribution adapter / ${row.label}: ${estimate(groups, ratio)}; by seed ${bySeed.join(', ')}`,
    );
  }
}

await buildData();
const [distribution, means] = await Promise.all(ARMS.map(trainArm));
const [training, test] = [await readSplit(dataset, 'train'), await readSplit(dataset, 'test')];
const base: Respondent = { source: 'base', sourceId: 'base', label: 'base', adapter: null };
const ask = (chosen: readonly Respondent[]): Promise<AnswerSet[]> =>
  askTransformers(values.transformer, chosen, { dataset, split: 'test' }, { device: { threads }, control: {} });
const answers = { base: await ask([base]), mean: await ask(means), distribution: await ask(distribution) };
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
