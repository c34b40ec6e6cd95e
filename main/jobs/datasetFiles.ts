/**
 * Dataset files: a dataset's folder as it is written and read. Every file is a pure function of the labelled and rejected scenarios in
 * their order and of the settings, so that a resumed, a sharded and merged, and an undisturbed build are equal byte for byte.
 */
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { renderPrompt } from '../../engine/scenario/prompt.ts';
import { renderCard } from '../../engine/training/datasetCard.ts';
import { datasetRecords, type LabelledScenario } from '../../engine/training/datasetRecords.ts';
import { createTally, type Rejection } from '../../engine/training/datasetTally.ts';
import { type DatasetManifest, type DatasetSettings, datasetManifestSchema, type Shard } from '../../shared/dataset.ts';
import { UserError } from '../../shared/errors.ts';
import { motifCell, type Scenario } from '../../shared/scenario.ts';
import { makeFolders } from '../processes/durableFiles.ts';
import { createLineFiles, fileError } from './lineFiles.ts';

export const DATASET_FILES = [
  'scenarios.jsonl',
  'train.jsonl',
  'validation.jsonl',
  'test.jsonl',
  'posteriors.jsonl',
  'rejected.jsonl',
] as const;
/** Only where queries are held out. */
const NEW_QUERIES_FILE = 'newQueries.jsonl';
export const MANIFEST_FILE = 'dataset.json';
const CARD_FILE = 'README.md';

/** What `finish` returns: the manifest and where it lies. */
export type DatasetSummary = DatasetManifest & { readonly folder: string };

/** A dataset being written. Scenarios and rejections come in the order of the input; one of `finish` and `abandon` must be called. */
export type DatasetWriter = {
  readonly addLabelled: (labelled: LabelledScenario) => Promise<void>;
  readonly addRejected: (rejection: Rejection) => Promise<void>;
  readonly finish: () => Promise<DatasetSummary>;
  readonly abandon: () => Promise<void>;
};

/** Identifies a rejected scenario in `rejected.jsonl`. */
export const rejectionOf = (scenario: Scenario, faults: Rejection['faults']): Rejection => ({
  scenarioId: scenario.id,
  domain: scenario.domain,
  motifCell: scenario.motif ? motifCell(scenario.motif) : null,
  faults,
});

/** Creates `folder` and what is above it. Throws UserError where that fails. */
export async function createFolder(folder: string): Promise<void> {
  try {
    makeFolders(folder);
  } catch (error) {
    throw fileError(folder, error);
  }
}

/** Writes one whole file under a temporary name, then renames it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.part`, text, { flush: true });
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw fileError(path, error);
  }
}

/** Starts writing a dataset into `folder`, which must exist; its manifest is written last, so that a folder with one is complete. */
export async function createDatasetWriter(
  folder: string,
  settings: DatasetSettings,
  shard: Shard | null,
): Promise<DatasetWriter> {
  const files = await createLineFiles(
    folder,
    settings.holdOut.queries ? [...DATASET_FILES, NEW_QUERIES_FILE] : DATASET_FILES,
  );
  const tally = createTally();

  const addLabelled = async (labelled: LabelledScenario): Promise<void> => {
    const { scenario, posterior, prior } = labelled;
    tally.addScenario(scenario, posterior);
    await files.append('scenarios.jsonl', JSON.stringify(scenario));
    await files.append('posteriors.jsonl', JSON.stringify({ scenarioId: scenario.id, posterior, prior }));
    for (const { record, isNewQuery } of datasetRecords(labelled, settings, renderPrompt)) {
      if (isNewQuery) tally.addNewQuery();
      else tally.addRecord(record, scenario.domain);
      await files.append(isNewQuery ? NEW_QUERIES_FILE : `${record.split}.jsonl`, JSON.stringify(record));
    }
  };
  const addRejected = async (rejection: Rejection): Promise<void> => {
    tally.addRejection(rejection);
    await files.append('rejected.jsonl', JSON.stringify(rejection));
  };
  const finish = async (): Promise<DatasetSummary> => {
    // An older dataset in this folder stops being one before its files are replaced.
    await rm(join(folder, MANIFEST_FILE), { force: true });
    const facts = await files.finish();
    const manifest: DatasetManifest = {
      format: 'credence-dataset',
      version: 1,
      settings,
      shard,
      ...tally.result(),
      files: Object.fromEntries(facts),
    };
    await writeWhole(join(folder, CARD_FILE), renderCard(manifest));
    await writeWhole(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    return { ...manifest, folder };
  };
  return { addLabelled, addRejected, finish, abandon: files.abandon };
}

/** The manifest of a finished dataset. Throws UserError if there is none or it is not one. */
export async function readManifest(operation: string, folder: string): Promise<DatasetManifest> {
  const path = join(folder, MANIFEST_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(path, error);
  }
  const parsed = datasetManifestSchema.safeParse(safeJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError(`${operation}: not a dataset manifest: ${z.prettifyError(parsed.error).split('\n')[0]}`, {
    location: { file: path },
    hint: 'Was the folder written by credence dataset build?',
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A short fingerprint of anything that JSON can hold. */
export const fingerprint = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
