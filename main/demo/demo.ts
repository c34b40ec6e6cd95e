/**
 * The demo: the whole main job once, on what ships with Credence. Scenarios and programs are generated, programs run, a dataset built, the
 * small transformer fine-tuned on distributions and on means, simulated people asked, and everybody compared in one report.
 */
import { join } from 'node:path';
import type { Rating } from '../../engine/evaluation/correlate.ts';
import { createRandom } from '../../engine/random.ts';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import type { Posteriors } from '../../engine/study/simulatedParticipant.ts';
import type { StudySummary } from '../../shared/api.ts';
import { InternalError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Report } from '../../shared/report.ts';
import type { Scenario } from '../../shared/scenario.ts';
import { reportHtml } from '../exchange/reportHtml.ts';
import { createHost, type Host } from '../host.ts';
import { askTransformers, floorAnswers, programAnswers, type Respondent } from '../jobs/answerSources.ts';
import { buildDataset } from '../jobs/datasetBuild.ts';
import { readScenarios } from '../jobs/scenarioFiles.ts';
import { readSplit } from '../processes/datasetFiles.ts';
import { createInferencePool, type InferencePool } from '../processes/inferencePool.ts';
import { runFineTune } from '../processes/trainingRunner.ts';
import { resource, version } from '../resources.ts';
import { buildStaged } from '../stagedFolder.ts';
import { composeReport } from './composeReport.ts';
import type { DemoSize } from './demoSizes.ts';
import { demoPaths, markDemo, objectionToReplacing } from './demoWorkspace.ts';
import { describeMethods } from './describeMethods.ts';
import { simulateSession } from './simulateSession.ts';

export type DemoOptions = {
  readonly outDir: string;
  readonly size: DemoSize;
  readonly seed: number;
  /** Inference processes; they change no result. */
  readonly workers: number;
};

export type DemoResult = { readonly report: Report; readonly reportPath: string };

const STUDY = 'field-day';
const ARMS = ['distribution', 'mean'] as const;
const ARM_LABELS = { distribution: 'Distribution adapter', mean: 'Mean adapter' } as const;

/** What every stage of one demo needs. */
type Stage = DemoOptions & { readonly folder: string; readonly pool: InferencePool; readonly control: RunControl };

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Generates the scenarios, runs their programs, builds the dataset. */
async function buildTrainingData({ folder, size, seed, pool, control }: Stage): Promise<void> {
  const { scenarios: count, teamSizes, precision } = size;
  const scenarios = generateScenarios({ domain: 'sports', count, seed, teamSizes });
  const outDir = demoPaths(folder).dataset;
  await buildDataset({ scenarios, outDir, pool, seed, precision, total: count }, control);
}

/** Fine-tunes one arm per target on the same data; gives the base and both adapters. */
async function trainArms({ folder, size, seed, control }: Stage, transformer: string): Promise<Respondent[]> {
  const base: Respondent = { source: 'base', sourceId: 'base', label: 'Base transformer', adapter: null };
  const arms: Respondent[] = [];
  for (const target of ARMS) {
    const { adapter } = await runFineTune(
      {
        transformer,
        dataset: demoPaths(folder).dataset,
        out: demoPaths(folder).run(target),
        config: { ...size.training, target, seed },
      },
      control,
    );
    arms.push({ source: 'adapter', sourceId: target, label: ARM_LABELS[target], adapter });
  }
  return [base, ...arms];
}

/** The study's scenarios labelled by their programs like any others; nothing is held out. */
async function labelStudy(stage: Stage, scenarios: readonly Scenario[]): Promise<void> {
  const { folder, size, seed, pool, control } = stage;
  const outDir = demoPaths(folder).studyDataset;
  const holdOut = { cells: [], levels: [], domains: [] };
  const { precision } = size;
  await buildDataset({ scenarios, outDir, pool, seed, precision, holdOut, total: scenarios.length }, control);
}

async function findStudy(host: Host): Promise<StudySummary> {
  const studies = await host.handlers['studies.list']({}, { role: 'researcher' });
  const study = studies.find(({ slug }) => slug === STUDY);
  if (!study) throw new InternalError(`the bundled study ${STUDY} is missing`);
  return study;
}

/** A session of simulated people on the bundled study; they think with the programs' posteriors. */
async function askPeople(host: Host, stage: Stage, study: StudySummary): Promise<Rating[]> {
  const { folder, size, seed, control } = stage;
  const { scenarios } = await host.handlers['studies.read']({ versionId: study.versionId }, { role: 'researcher' });
  await labelStudy(stage, scenarios);
  const records = await readSplit(demoPaths(folder).studyDataset, 'train');
  const posteriors: Record<string, Posteriors[string]> = {};
  for (const { scenarioId, queryId, mean, sd, mcse, bins } of records) {
    posteriors[scenarioId] ??= { queries: {} };
    posteriors[scenarioId].queries[queryId] = { mean, sd, mcse, bins };
  }
  return simulateSession(
    host,
    { versionId: study.versionId, posteriors, participants: size.participants, seed },
    control,
  );
}

async function runStages(stage: Stage): Promise<Report> {
  const { folder, size, seed, control } = stage;
  const { dataset, studyDataset } = demoPaths(folder);
  const transformer = resource('studies', 'transformer');
  await buildTrainingData(stage);
  const respondents = await trainArms(stage, transformer);
  const threads = size.training.threads ?? 1;
  const ask = (questions: { dataset: string; split: 'train' | 'test' }) =>
    askTransformers(transformer, respondents, questions, { device: { backend: 'cpu', threads }, control });
  const host = await createHost({ workspace: folder, mode: 'headless' });
  try {
    const study = await findStudy(host);
    const ratings = await askPeople(host, stage, study);
    const [training, test] = [await readSplit(dataset, 'train'), await readSplit(dataset, 'test')];
    const asked = await readSplit(studyDataset, 'train');
    const report = composeReport(createRandom(seed).split('report'), {
      id: `demo-${seed}`,
      createdAt: new Date().toISOString(),
      seed,
      version: version(),
      replicates: size.bootstrapReplicates,
      methods: describeMethods(size, seed),
      study,
      participants: size.participants,
      test: {
        records: test,
        scenarios: await collect(readScenarios('demo', join(dataset, 'scenarios.jsonl'))),
        program: programAnswers(test),
        answers: [...(await ask({ dataset, split: 'test' })), ...floorAnswers(training, test)],
      },
      people: {
        records: asked,
        ratings,
        answers: [programAnswers(asked), ...(await ask({ dataset: studyDataset, split: 'train' }))],
      },
    });
    host.addReport(report, reportHtml(report));
    return report;
  } finally {
    await host.close();
  }
}

/**
 * Runs the demo into `outDir`, which appears whole at the end or not at all. The same seed gives the same numbers on one machine.
 * Throws UserError when the folder cannot be used, CancelledError when stopped.
 */
export async function runDemo(options: DemoOptions, control: RunControl = {}): Promise<DemoResult> {
  const report = await buildStaged(options.outDir, objectionToReplacing, async (folder) => {
    const pool = createInferencePool({ workers: options.workers });
    try {
      const made = await runStages({ ...options, folder, pool, control });
      markDemo(folder, { seed: options.seed, size: options.size.name, version: version() });
      return made;
    } finally {
      await pool.stop();
    }
  });
  return { report, reportPath: join(options.outDir, 'reports', report.id, 'report.html') };
}
