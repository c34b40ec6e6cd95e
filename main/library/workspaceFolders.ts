/** What lies in the workspace's folders: datasets, transformers, training runs and evaluations, as the screens list them. */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { datasetManifestSchema } from '../../shared/dataset.ts';
import { UserError } from '../../shared/errors.ts';
import { type Evaluation, evaluationSchema } from '../../shared/evaluation.ts';
import { folderNameSchema } from '../../shared/job.ts';
import {
  type DatasetRecord,
  datasetRecordSchema,
  type Split,
  type TrainLog,
  trainConfigSchema,
  trainLogSchema,
} from '../../shared/training.ts';
import type { DatasetSummary, RunSummary, TransformerSummary } from '../../shared/workspaceProcedures.ts';
import { MANIFEST_FILE } from '../jobs/datasetFiles.ts';
import { readLines } from '../jobs/lineFiles.ts';
import { parseJson, readTextFile } from '../jsonFile.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { EVALUATION_FILE } from './jobs/evaluate.ts';
import { BUNDLED_TRANSFORMER, datasetFolder, transformerFolder } from './jobs/jobContext.ts';

const LARGEST_JSON_BYTES = 16 * 2 ** 20;
const LOG_PORTION_BYTES = 2 ** 20;

/** Names of the folders in `folder`, in order; what is not a workspace's name (hidden, unfinished) is left out. */
export function folderNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && folderNameSchema.safeParse(entry.name).success)
    .map(({ name }) => name)
    .sort();
}

const readJson = <S extends z.ZodType>(file: string, schema: S): z.infer<S> =>
  parseJson(readTextFile(file, LARGEST_JSON_BYTES), schema, { file });

/** The datasets, finished or not. */
export const listDatasets = (paths: WorkspacePaths): DatasetSummary[] =>
  folderNames(paths.datasets).map((name) => {
    const file = join(paths.datasets, name, MANIFEST_FILE);
    return { name, manifest: existsSync(file) ? readJson(file, datasetManifestSchema) : null };
  });

/** Records of one split, from number `offset`, at most `limit`; read line by line and no further than needed. */
export async function readRecords(
  paths: WorkspacePaths,
  dataset: { readonly name: string; readonly split: Split },
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<DatasetRecord[]> {
  const file = join(datasetFolder(paths, dataset.name), `${dataset.split}.jsonl`);
  const records: DatasetRecord[] = [];
  let number = 0;
  for await (const line of readLines(file)) {
    if (number++ < offset) continue;
    records.push(parseJson(line, datasetRecordSchema, { file, line: number }));
    if (records.length === limit) break;
  }
  return records;
}

/** The parts of a transformer's `config.json` that the screens show. */
const configSchema = z.looseObject({
  architectures: z.array(z.string()).min(1),
  num_hidden_layers: z.number().int(),
  hidden_size: z.number().int(),
});

function transformerSummary(paths: WorkspacePaths, name: string): TransformerSummary {
  const folder = transformerFolder(paths, name);
  const config = readJson(join(folder, 'config.json'), configSchema);
  const weights = readdirSync(folder).filter((file) => file.endsWith('.safetensors'));
  return {
    name,
    architecture: config.architectures[0],
    layers: config.num_hidden_layers,
    hiddenSize: config.hidden_size,
    sizeBytes: weights.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
  };
}

/** The bundled transformer and the folders that were put into the workspace. */
export function listTransformers(paths: WorkspacePaths): TransformerSummary[] {
  const found = existsSync(paths.transformers) ? readdirSync(paths.transformers).sort() : [];
  const complete = found.filter((name) => existsSync(join(paths.transformers, name, 'config.json')));
  return [BUNDLED_TRANSFORMER, ...complete].map((name) => transformerSummary(paths, name));
}

/** The log's bytes from `after`, at most a portion, cut after the last whole line. */
function readPortion(file: string, after: number): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(LOG_PORTION_BYTES, Math.max(0, fstatSync(descriptor).size - after)));
    const length = readSync(descriptor, bytes, 0, bytes.length, after);
    return bytes.toString('utf8', 0, bytes.lastIndexOf(0x0a, Math.max(0, length - 1)) + 1);
  } finally {
    closeSync(descriptor);
  }
}

/** What a run logged from byte `after` on, at most 1 MB of it, and the byte to go on from. */
export function readRunLog(paths: WorkspacePaths, name: string, after: number): { lines: TrainLog[]; next: number } {
  const file = join(paths.runs, name, 'log.jsonl');
  const text = readPortion(file, after);
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseJson(line, trainLogSchema, { file }));
  return { lines, next: after + Buffer.byteLength(text) };
}

function runSummary(paths: WorkspacePaths, name: string): RunSummary {
  const folder = join(paths.runs, name);
  let steps = 0;
  let best: RunSummary['best'] = null;
  for (let after = 0; ; ) {
    const { lines, next } = readRunLog(paths, name, after);
    for (const line of lines) {
      steps = Math.max(steps, line.step);
      if (line.event === 'validation' && line.best) best = { step: line.step, mae: line.mae };
    }
    if (next === after) break;
    after = next;
  }
  return {
    name,
    config: readJson(join(folder, 'config.json'), trainConfigSchema),
    steps,
    best,
    hasAdapter: existsSync(join(folder, 'adapter', 'adapter_config.json')),
  };
}

/** The training runs of the workspace. */
export const listRuns = (paths: WorkspacePaths): RunSummary[] =>
  folderNames(paths.runs)
    .filter((name) => existsSync(join(paths.runs, name, 'config.json')))
    .map((name) => runSummary(paths, name));

/** One evaluation. Throws UserError where there is none of this name. */
export function readEvaluation(paths: WorkspacePaths, name: string): Evaluation {
  const file = join(paths.evaluations, name, EVALUATION_FILE);
  if (!existsSync(file))
    throw new UserError(`no evaluation ${name}`, { hint: 'evaluations.list names those of this workspace' });
  return readJson(file, evaluationSchema);
}

/** Headings of the evaluations, newest first. */
export const listEvaluations = (
  paths: WorkspacePaths,
): Pick<Evaluation, 'name' | 'createdAt' | 'dataset' | 'split' | 'runs'>[] =>
  folderNames(paths.evaluations)
    .filter((name) => existsSync(join(paths.evaluations, name, EVALUATION_FILE)))
    .map((name) => readEvaluation(paths, name))
    .map(({ name, createdAt, dataset, split, runs }) => ({ name, createdAt, dataset, split, runs }))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
