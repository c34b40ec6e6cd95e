/** What answers the procedures on the researcher's own material. */
import type { Handlers } from '../../shared/api.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { WORKSPACE_PROCEDURES } from '../../shared/workspaceProcedures.ts';
import { parseScenarios } from '../exchange/importScenarios.ts';
import { planTraining } from '../processes/trainingRunner.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import {
  addAnswerFile,
  listAnswerFiles,
  listBenchmarkFiles,
  listBenchmarks,
  listComparisons,
  readComparedScenario,
  readComparison,
} from './comparisonFolders.ts';
import { drawComparisonPdf } from './comparisonPdf.ts';
import { datasetFolder, transformerFolder } from './jobs/jobContext.ts';
import type { JobTable } from './jobTable.ts';
import type { ProgramDesk } from './programDesk.ts';
import { listRuns, readPredictions, readProvenance, readRunLog } from './runSummaries.ts';
import type { ScenarioLibrary } from './scenarioLibrary.ts';
import { listDatasets, listEvaluations, listTransformers, readEvaluation, readRecords } from './workspaceFolders.ts';

/** Scenarios of an import keep that they are built-in; any others are imported. */
const asImported = (scenario: Scenario): Scenario => ({
  ...scenario,
  source: scenario.source === 'built-in' ? 'built-in' : 'imported',
});

/** Of texts, where an import does not say. */
const TEXT_DEFAULTS = { domain: 'general', subdomain: 'imported', idPrefix: 'text', kinds: ['percentage'] } as const;

const libraryHandlers = (library: ScenarioLibrary) =>
  ({
    'library.scenarios': ({ filter, ...range }) => library.list(filter, range),
    'library.cells': () => library.cells(),
    'library.read': ({ id }) => library.read(id),
    'library.save': ({ scenario }) => {
      library.save(`Edit ${scenario.id}`, [scenario]);
      return library.edits();
    },
    'library.import': ({ text, format = 'jsonl', ofTexts = TEXT_DEFAULTS }) => {
      const scenarios = parseScenarios(text, `text.${format}`, ofTexts).map(asImported);
      return { saved: library.save(`Import ${scenarios.length} scenarios`, scenarios) };
    },
    'library.remove': (selection) => {
      const ids = [...library.select(selection)].map(({ id }) => id);
      library.remove(ids.length === 1 ? `Delete ${ids[0]}` : `Delete ${ids.length} scenarios`, ids);
      return library.edits();
    },
    'library.edits': () => library.edits(),
    'library.undo': () => library.undo(),
    'library.redo': () => library.redo(),
  }) satisfies Partial<Handlers>;

const jobHandlers = (jobs: JobTable) =>
  ({
    'jobs.list': () => jobs.list(),
    'jobs.start': (request) => jobs.start(request),
    'jobs.pause': ({ jobId }) => jobs.pause(jobId),
    'jobs.resume': ({ jobId }) => jobs.resume(jobId),
    'jobs.cancel': ({ jobId }) => jobs.cancel(jobId),
    'jobs.dismiss': ({ jobId }) => {
      jobs.dismiss(jobId);
      return {};
    },
  }) satisfies Partial<Handlers>;

const programHandlers = (desk: ProgramDesk) =>
  ({
    'programs.check': ({ source }) => desk.check(source),
    'programs.run': (run) => desk.run(run),
    'programs.stop': ({ runId }) => {
      desk.stop(runId);
      return {};
    },
  }) satisfies Partial<Handlers>;

const comparisonHandlers = (paths: WorkspacePaths) =>
  ({
    'comparisons.list': () => listComparisons(paths),
    'comparisons.read': ({ name }) => readComparison(paths, name),
    'comparisons.scenario': ({ name, scenarioId }) => readComparedScenario(paths, name, scenarioId),
    'comparisons.pdf': (asked) => drawComparisonPdf(paths, asked),
    'answers.list': () => listAnswerFiles(paths),
    'answers.add': (file) => addAnswerFile(paths, file),
    'benchmarks.files': () => listBenchmarkFiles(paths),
    'benchmarks.list': () => listBenchmarks(paths),
  }) satisfies Partial<Handlers>;

type Opened = { readonly library: ScenarioLibrary; readonly jobs: JobTable; readonly desk: ProgramDesk };

/** The handlers over an open library. */
export const createLibraryHandlers = (
  { library, jobs, desk }: Opened,
  paths: WorkspacePaths,
): Pick<Handlers, keyof typeof WORKSPACE_PROCEDURES> => ({
  ...libraryHandlers(library),
  ...jobHandlers(jobs),
  ...programHandlers(desk),
  ...comparisonHandlers(paths),
  'datasets.list': () => listDatasets(paths),
  'datasets.records': ({ name, split, ...range }) => readRecords(paths, { name, split }, range),
  'transformers.list': () => listTransformers(paths),
  'runs.list': () => listRuns(paths),
  'runs.plan': ({ transformer, dataset, config }) =>
    planTraining({
      transformer: transformerFolder(paths, transformer),
      dataset: datasetFolder(paths, dataset),
      config,
    }),
  'runs.predictions': ({ name, after }) => readPredictions(paths, name, after),
  'runs.adapter': ({ name }) => readProvenance(paths, name),
  'runs.log': ({ name, after }) => readRunLog(paths, name, after),
  'evaluations.list': () => listEvaluations(paths),
  'evaluations.read': ({ name }) => readEvaluation(paths, name),
});
