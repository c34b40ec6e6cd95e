/** Dataset merge: the shards of one build put together; the result equals the unsharded build byte for byte. */
import { join } from 'node:path';
import { z } from 'zod';
import { storedPosteriorSchema } from '../../engine/training/datasetRecords.ts';
import { rejectionSchema } from '../../engine/training/datasetTally.ts';
import type { DatasetManifest } from '../../shared/dataset.ts';
import { CancelledError, InternalError, UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { scenarioSchema } from '../../shared/scenario.ts';
import {
  createDatasetWriter,
  createFolder,
  type DatasetSummary,
  type DatasetWriter,
  fingerprint,
  readManifest,
} from './datasetFiles.ts';
import { hashFile, parseLine, readLines } from './lineFiles.ts';

const OPERATION = 'dataset merge';
/** The files a merge reads; the others follow from them. */
const SOURCES = ['scenarios.jsonl', 'posteriors.jsonl', 'rejected.jsonl'] as const;

type ShardFolder = { readonly folder: string; readonly manifest: DatasetManifest };

function checkShards(shards: readonly ShardFolder[]): void {
  const [first] = shards;
  const { shard } = first.manifest;
  for (const { folder, manifest } of shards) {
    if (manifest.shard === null || shard === null)
      throw new UserError(`${OPERATION}: expected shards, received a whole dataset`, { location: { file: folder } });
    const isEqual = fingerprint(manifest.settings) === fingerprint(first.manifest.settings);
    if (!isEqual || manifest.shard.of !== shard.of || manifest.shard.total !== shard.total)
      throw new UserError(`${OPERATION}: the shards come from different builds`, {
        location: { file: folder },
        hint: `Its settings, number of shards or number of scenarios differ from those of ${first.folder}.`,
      });
  }
  const present = shards.map(({ manifest }) => manifest.shard?.index);
  const wanted = Array.from({ length: shard?.of ?? 0 }, (_, i) => i + 1);
  const missing = wanted.filter((index) => !present.includes(index));
  if (missing.length > 0 || present.length !== wanted.length)
    throw new UserError(
      `${OPERATION}: expected each of ${wanted.length} shards once, received ${present.join(', ')}`,
      missing.length > 0 ? { hint: `Missing: ${missing.join(', ')}.` } : {},
    );
}

const labelLineSchema = z.strictObject({
  scenarioId: z.string(),
  posterior: storedPosteriorSchema,
  prior: storedPosteriorSchema.nullable(),
});

async function* parsedLines<T>(folder: string, name: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  const path = join(folder, name);
  let number = 0;
  for await (const line of readLines(path)) {
    number++;
    const parsed = schema.safeParse(parseLine(OPERATION, path, line, number));
    if (!parsed.success)
      throw new UserError(
        `${OPERATION}: line ${number} is not of the expected form: ${z.prettifyError(parsed.error).split('\n')[0]}`,
        {
          location: { file: path, line: number },
        },
      );
    yield parsed.data;
  }
}

/** Throws UserError where a file is not the one that the shard's manifest describes. */
async function checkFiles({ folder, manifest }: ShardFolder): Promise<void> {
  for (const name of SOURCES) {
    const path = join(folder, name);
    const sha256 = await hashFile(path);
    if (sha256 !== manifest.files[name]?.sha256)
      throw new UserError(`${OPERATION}: the file is not the one its manifest describes`, {
        location: { file: path },
        hint: 'Was it changed or cut short? Build this shard again.',
      });
  }
}

async function addShard(writer: DatasetWriter, { folder }: ShardFolder): Promise<void> {
  const scenarios = parsedLines(folder, 'scenarios.jsonl', scenarioSchema);
  for await (const { scenarioId, posterior, prior } of parsedLines(folder, 'posteriors.jsonl', labelLineSchema)) {
    const next = await scenarios.next();
    if (next.done || next.value.id !== scenarioId)
      throw new InternalError(`${folder}: scenarios.jsonl and posteriors.jsonl are not in step at ${scenarioId}`);
    await writer.addLabelled({ scenario: next.value, posterior, prior });
  }
  for await (const rejection of parsedLines(folder, 'rejected.jsonl', rejectionSchema))
    await writer.addRejected(rejection);
}

/**
 * Merges the shards in `folders`, in any order, into `outDir`. Throws UserError if one is missing, twice there, changed, or of another build.
 */
export async function mergeDatasets(
  folders: readonly string[],
  outDir: string,
  control: RunControl = {},
): Promise<DatasetSummary> {
  const shards: ShardFolder[] = [];
  for (const folder of folders) shards.push({ folder, manifest: await readManifest(OPERATION, folder) });
  checkShards(shards);
  shards.sort((a, b) => (a.manifest.shard?.index ?? 0) - (b.manifest.shard?.index ?? 0));
  await createFolder(outDir);
  const writer = await createDatasetWriter(outDir, shards[0].manifest.settings, null);
  try {
    for (const [index, shard] of shards.entries()) {
      if (control.signal?.aborted) throw new CancelledError(OPERATION);
      await checkFiles(shard);
      await addShard(writer, shard);
      control.onProgress?.({ stage: 'merge', done: index + 1, total: shards.length, unit: 'shards' });
    }
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
