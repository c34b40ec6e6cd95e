/** The job that compares a session's people with programs, transformers and answer files, and keeps the comparison with its figures. */
import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { priorAnswers } from '../../../engine/evaluation/floors.ts';
import { type ComparisonFigure, comparisonFigures, comparisonNote } from '../../../engine/figures/comparisonFigures.ts';
import { AGGREGATES_NOTE, compareIntervalText, shortHash } from '../../../engine/figures/reportNote.ts';
import { standaloneSvg } from '../../../engine/figures/standaloneSvg.ts';
import { type KeptComparison, keptComparisonSchema } from '../../../shared/comparison.ts';
import { UserError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { ModelAnswer } from '../../../shared/modelAnswer.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { Study } from '../../../shared/study.ts';
import type { DatasetRecord } from '../../../shared/training.ts';
import {
  type CompareMaterial,
  compareAnswers,
  histogramsOf,
  NO_TRAINING,
  readTraining,
} from '../../exchange/compareFiles.ts';
import { describeQueries } from '../../exchange/comparisonFiles.ts';
import { readAnswers } from '../../exchange/readAnswers.ts';
import { peopleOfSession } from '../../exchange/readPeople.ts';
import { askTransformers, programAnswers, type Respondent } from '../../jobs/answerSources.ts';
import { buildDataset } from '../../jobs/datasetBuild.ts';
import { readSplit } from '../../processes/datasetFiles.ts';
import { writeFolderDurably } from '../../processes/durableFiles.ts';
import { version } from '../../resources.ts';
import { datasetFolder, type JobContext, transformerFolder } from './jobContext.ts';
import { respondents } from './respondents.ts';

export const COMPARISON_FILE = 'comparison.json';
export const SCENARIOS_FILE = 'scenarios.json';
const FIGURE_WIDTH = 1120;
const LEVEL = 0.95;

type Input = JobInput<'compare'>;

/** Labels the study's scenarios into `folder` as a dataset of which nothing is held out. Throws UserError where a program is refused. */
async function labelStudy(
  { pool }: JobContext,
  study: Study,
  goal: { readonly folder: string; readonly precision: number; readonly seed: number },
  control: RunControl,
): Promise<DatasetRecord[]> {
  const without = study.scenarios.find(({ program }) => program === undefined);
  if (without)
    throw new UserError(`study ${study.slug}: scenario ${without.id} has no program`, {
      hint: 'programs and transformers are asked through the programs of all scenarios; compare with answer files alone',
    });
  const { scenarios } = await buildDataset(
    {
      scenarios: study.scenarios,
      outDir: goal.folder,
      pool: pool(),
      seed: goal.seed,
      precision: goal.precision,
      holdOut: { cells: [], levels: [], domains: [] },
      total: study.scenarios.length,
    },
    control,
  );
  if (scenarios.rejected > 0)
    throw new UserError(`${scenarios.rejected} programs of study ${study.slug} give no usable answers`, {
      hint: 'run them in the program editor to see why, or ask for a coarser precision',
    });
  return readSplit(goal.folder, 'train');
}

/** Adapters as seeds of one source, where they are pooled. */
const asAsked = (asked: readonly Respondent[], isPooled: boolean): (Respondent & { readonly seed?: number })[] =>
  asked.map((one, seed) => (isPooled && one.source === 'adapter' ? { ...one, sourceId: 'pooled', seed } : one));

/** What the workspace's own programs and transformers answer to the study's queries. */
async function ownAnswers(
  context: JobContext,
  study: Study,
  input: Input,
  control: RunControl,
): Promise<readonly ModelAnswer[]> {
  const { paths } = context;
  if (!input.hasPrograms && input.transformer === null) return [];
  const scratch = await mkdtemp(join(tmpdir(), 'credence-compare-'));
  const dataset = join(scratch, 'study');
  try {
    const goal = { folder: dataset, precision: input.precision, seed: input.settings.seed };
    const records = await labelStudy(context, study, goal, control);
    const programs = input.hasPrograms ? [programAnswers(records), priorAnswers(records)] : [];
    const asked = input.transformer === null ? [] : asAsked(respondents(paths.runs, input.runs), input.isPooled);
    const sets = await askTransformers(
      input.transformer === null ? '' : transformerFolder(paths, input.transformer),
      asked,
      { dataset, split: 'train' },
      { device: {}, control: { ...control, isBackground: context.isBackground } },
    );
    return [
      ...programs.flatMap(({ answers }) => answers),
      ...sets.flatMap(({ answers }, i) => answers.map((answer) => ({ ...answer, seed: asked[i].seed }))),
    ];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The figures of a kept comparison at the width of files. */
export function keptFigures({ result, queries, study, settings }: KeptComparison): ComparisonFigure[] {
  const data = `Study ${study.slug}, version ${shortHash(study.hash)}`;
  const note = comparisonNote(result, data, compareIntervalText(settings));
  return comparisonFigures({ result, queries, note, width: FIGURE_WIDTH });
}

const figureFiles = (kept: KeptComparison): [string, string][] =>
  keptFigures(kept).flatMap(({ id, node, csv }): [string, string][] => [
    [`${id}.svg`, standaloneSvg(node)],
    [`${id}.csv`, csv],
  ]);

/** Compares and keeps `comparisons/<name>`. Throws UserError where the name is taken, nothing is chosen to compare with, or sources leave queries open. */
export async function runCompare(context: JobContext, input: Input, control: RunControl): Promise<string> {
  const { paths, now } = context;
  const out = join(paths.comparisons, input.name);
  if (existsSync(out))
    throw new UserError(`there is a comparison ${input.name} already`, { hint: 'choose another name' });
  const source = context.readSession(input.sessionId);
  const { study, studyHash } = source;
  const people = await peopleOfSession(source, control);
  const files = input.files.flatMap((file) => readAnswers(join(paths.answers, file)));
  const answers = [...(await ownAnswers(context, study, input, control)), ...files];
  if (answers.length === 0)
    throw new UserError('nothing to compare people with', {
      hint: 'choose programs, a transformer or a file of answers',
    });
  const training = input.training === null ? NO_TRAINING : await readTraining(datasetFolder(paths, input.training));
  const material: CompareMaterial = { people, answers, study, training };
  const result = await compareAnswers(material, { ...input.settings, level: LEVEL, hasControls: true }, control);
  const kept: KeptComparison = keptComparisonSchema.parse({
    name: input.name,
    createdAt: now(),
    version: version(),
    study: { slug: study.slug, title: study.title, hash: studyHash },
    sessionId: input.sessionId,
    note: AGGREGATES_NOTE,
    settings: input.settings,
    queries: describeQueries(study),
    result,
  });
  const asked = new Set(people.groups.flatMap(({ queries }) => queries.map(({ scenarioId }) => scenarioId)));
  const scenarios = study.scenarios.filter(({ id }) => asked.has(id));
  const histograms = histogramsOf(
    material,
    scenarios.map(({ id }) => id),
  );
  mkdirSync(paths.comparisons, { recursive: true, mode: 0o700 });
  writeFolderDurably(
    out,
    new Map([
      [COMPARISON_FILE, `${JSON.stringify(kept)}\n`],
      [
        SCENARIOS_FILE,
        `${JSON.stringify(scenarios.map((scenario, i) => ({ scenario, histograms: histograms[i] })))}\n`,
      ],
      ...figureFiles(kept),
    ]),
  );
  return `${result.people.participants} people, ${result.people.queries} queries, ${result.sources.length} sources`;
}
