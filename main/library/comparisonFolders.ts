/** Comparisons, benchmark runs and the files put in for them, as they lie in the workspace's folders. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { poolSeeds } from '../../engine/evaluation/poolSeeds.ts';
import { type BenchmarkResult, benchmarkResultSchema } from '../../shared/benchmark.ts';
import { type KeptComparison, keptComparisonSchema, scenarioHistogramsSchema } from '../../shared/comparison.ts';
import type { BenchmarkRun, InputFile } from '../../shared/comparisonProcedures.ts';
import { UserError } from '../../shared/errors.ts';
import { fileNameSchema } from '../../shared/job.ts';
import { scenarioSchema } from '../../shared/scenario.ts';
import { parseAnswers } from '../exchange/readAnswers.ts';
import { parseJson, readTextFile } from '../jsonFile.ts';
import { writeFileAtomic } from '../processes/durableFiles.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { COMPARISON_FILE, SCENARIOS_FILE } from './jobs/compare.ts';
import { folderNames } from './workspaceFolders.ts';

const LARGEST_BYTES = 256 * 2 ** 20;

const readJson = <S extends z.ZodType>(file: string, schema: S): z.infer<S> =>
  parseJson(readTextFile(file, LARGEST_BYTES), schema, { file });

function fileOf(paths: WorkspacePaths, name: string, file: string): string {
  const path = join(paths.comparisons, name, file);
  if (existsSync(path)) return path;
  throw new UserError(`no comparison ${name}`, { hint: 'comparisons.list names those of this workspace' });
}

/** One comparison. Throws UserError where there is none of this name. */
export const readComparison = (paths: WorkspacePaths, name: string): KeptComparison =>
  readJson(fileOf(paths, name, COMPARISON_FILE), keptComparisonSchema);

/** Headings of the comparisons, newest first. */
export const listComparisons = (
  paths: WorkspacePaths,
): (Pick<KeptComparison, 'name' | 'createdAt' | 'study'> & { sources: string[] })[] =>
  folderNames(paths.comparisons)
    .filter((name) => existsSync(join(paths.comparisons, name, COMPARISON_FILE)))
    .map((name) => readComparison(paths, name))
    .map(({ name, createdAt, study, result }) => ({
      name,
      createdAt,
      study,
      sources: result.sources.map(({ label }) => label),
    }))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));

const keptScenarioSchema = z.strictObject({ scenario: scenarioSchema, histograms: scenarioHistogramsSchema });

/** One scenario of a comparison. Throws UserError where people were not asked about it. */
export function readComparedScenario(
  paths: WorkspacePaths,
  name: string,
  scenarioId: string,
): z.infer<typeof keptScenarioSchema> {
  const all = readJson(fileOf(paths, name, SCENARIOS_FILE), z.array(keptScenarioSchema));
  const found = all.find(({ scenario }) => scenario.id === scenarioId);
  if (found) return found;
  throw new UserError(`comparison ${name}: people were not asked about scenario ${scenarioId}`);
}

/** The files in `folder` whose names a request can give. */
function listFiles(folder: string): InputFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && fileNameSchema.safeParse(entry.name).success)
    .map(({ name }) => ({ name, sizeBytes: statSync(join(folder, name)).size }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export const listAnswerFiles = (paths: WorkspacePaths): InputFile[] => listFiles(paths.answers);

/** Keeps a file of answers. Throws UserError where there is one of that name, or `text` cannot be read as answers, naming the line. */
export function addAnswerFile(
  paths: WorkspacePaths,
  { name, text }: { readonly name: string; readonly text: string },
): { answers: number; sources: string[] } {
  const target = join(paths.answers, name);
  if (existsSync(target))
    throw new UserError(`there is a file ${name} already`, { hint: 'give the file another name first' });
  const answers = parseAnswers(text, name);
  if (answers.length === 0) throw new UserError(`${name}: expected at least one answer, received none`);
  mkdirSync(paths.answers, { recursive: true, mode: 0o700 });
  writeFileAtomic(target, text);
  return { answers: answers.length, sources: poolSeeds(answers).map(({ label }) => label) };
}

/** Where benchmarks' files are put, and those that are there. */
export const listBenchmarkFiles = (paths: WorkspacePaths): { folder: string; files: InputFile[] } => ({
  folder: paths.benchmarkFiles,
  files: listFiles(paths.benchmarkFiles),
});

function readResult(file: string): BenchmarkResult | null {
  return existsSync(file) ? readJson(file, benchmarkResultSchema) : null;
}

/** The benchmark runs, finished or not. */
export const listBenchmarks = (paths: WorkspacePaths): BenchmarkRun[] =>
  folderNames(paths.benchmarks).map((name) => ({
    name,
    result: readResult(join(paths.benchmarks, name, 'result.json')),
  }));
