/** What answers the procedures on the researcher's own material. */
import type { Handlers } from '../../shared/api.ts';
import { type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import type { WORKSPACE_PROCEDURES } from '../../shared/workspaceProcedures.ts';
import { parseJson } from '../jsonFile.ts';
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
import type { JobTable } from './jobTable.ts';
import type { ProgramDesk } from './programDesk.ts';
import type { ScenarioLibrary } from './scenarioLibrary.ts';
import {
  listDatasets,
  listEvaluations,
  listRuns,
  listTransformers,
  readEvaluation,
  readRecords,
  readRunLog,
} from './workspaceFolders.ts';

/** The scenarios of a text with one a line, as JSON. Throws UserError naming the line that is none. */
function parseScenarios(text: string): Scenario[] {
  return text
    .split('\n')
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => parseJson(line, scenarioSchema, { file: 'the text', line: number }))
    .map((scenario): Scenario => ({ ...scenario, source: scenario.source === 'built-in' ? 'built-in' : 'imported' }));
}

const libraryHandlers = (library: ScenarioLibrary) =>
  ({
    'library.scenarios': ({ filter, ...range }) => library.list(filter, range),
    'library.cells': () => library.cells(),
    'library.read': ({ id }) => library.read(id),
    'library.save': ({ scenario }) => {
      library.save(`Edit ${scenario.id}`, [scenario]);
      return library.edits();
    },
    'library.import': ({ text }) => {
      const scenarios = parseScenarios(text);
      return { saved: library.save(`Import ${scenarios.length} scenarios`, scenarios) };
    },
    'library.remove': ({ ids }) => {
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
  'runs.log': ({ name, after }) => readRunLog(paths, name, after),
  'evaluations.list': () => listEvaluations(paths),
  'evaluations.read': ({ name }) => readEvaluation(paths, name),
});
