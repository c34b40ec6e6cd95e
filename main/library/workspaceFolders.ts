/** What lies in the workspace's folders: datasets, transformers and evaluations, as the screens list them. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { datasetManifestSchema } from '../../shared/dataset.ts';
import { UserError } from '../../shared/errors.ts';
import { type Evaluation, evaluationSchema } from '../../shared/evaluation.ts';
import { folderNameSchema } from '../../shared/job.ts';
import { type DatasetRecord, datasetRecordSchema, type Split } from '../../shared/training.ts';
import type { DatasetSummary, TransformerSummary } from '../../shared/workspaceProcedures.ts';
import { MANIFEST_FILE } from '../jobs/datasetFiles.ts';
import { readLines } from '../jobs/lineFiles.ts';
import { parseJson, readTextFile } from '../jsonFile.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { EVALUATION_FILE } from './jobs/evaluate.ts';
import { BUNDLED_TRANSFORMER, datasetFolder, transformerFolder } from './jobs/jobContext.ts';

const LARGEST_JSON_BYTES = 16 * 2 ** 20;

/** Names of the folders in `folder`, in order; what is not a workspace's name (hidden, unfinished) is left out. */
export function folderNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && folderNameSchema.safeParse(entry.name).success)
    .map(({ name }) => name)
    .sort();
}

/** A JSON file of the workspace, checked. Throws UserError naming it. */
export const readJson = <S extends z.ZodType>(file: string, schema: S): z.infer<S> =>
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
