/**
 * Dataset exchange: a dataset's records in the published shape `{input, output, bins}` and back. What that shape lacks (ids, kinds, cells)
 * lies in `places.jsonl` beside it, joined by file and line. **Source:** ppt §3.1–3.2.
 */
import { join } from 'node:path';
import { z } from 'zod';
import {
  fromPublished,
  type PublishedInstruction,
  publishedLineSchema,
  toPublished,
} from '../../engine/scenario/publishedShape.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import { datasetRecordSchema, SPLITS, type Split } from '../../shared/training.ts';
import { createFolder, readManifest } from './datasetFiles.ts';
import { createLineFiles, parseLine, readLines } from './lineFiles.ts';

export type ExchangeSummary = { readonly folder: string; readonly records: Readonly<Record<Split, number>> };

const PLACES_FILE = 'places.jsonl';
const fileOf = (split: Split): `${Split}.jsonl` => `${split}.jsonl`;
const placeSchema = datasetRecordSchema
  .pick({ scenarioId: true, queryId: true, kind: true, motifCell: true, split: true })
  .extend({ line: z.number().int().min(1) });

/** The lines of a file under `schema`, with their numbers. Throws UserError naming file and line. */
export async function* checkedLines<T>(
  operation: string,
  path: string,
  schema: z.ZodType<T>,
): AsyncGenerator<{ value: T; line: number }> {
  let line = 0;
  for await (const text of readLines(path)) {
    line++;
    if (text === '') continue;
    const parsed = schema.safeParse(parseLine(operation, path, text, line));
    if (!parsed.success) {
      const reason = z.prettifyError(parsed.error).split('\n')[0].replace(/^✖ /, '');
      throw new UserError(`${operation}: line ${line} is not as expected: ${reason}`, {
        location: { file: path, line },
      });
    }
    yield { value: parsed.data, line };
  }
}

/** The next of `scenarios` with this id: records come in the order of their scenarios, so that one is held at a time. */
async function findScenario(
  scenarios: AsyncGenerator<{ value: Scenario }>,
  id: string,
  place: { file: string; line: number },
): Promise<Scenario> {
  for (let next = await scenarios.next(); !next.done; next = await scenarios.next())
    if (next.value.value.id === id) return next.value.value;
  throw new UserError(`dataset export: the record's scenario ${id} is not in scenarios.jsonl, or not in order`, {
    location: place,
  });
}

const stopIfAborted = (operation: string, { signal }: RunControl): void => {
  if (signal?.aborted) throw new CancelledError(operation);
};

/** Writes the records of the dataset in `from` into `out` in the published shape, with `places.jsonl` beside them. */
export async function exportPublished(
  from: string,
  out: string,
  instruction: PublishedInstruction,
  control: RunControl = {},
): Promise<ExchangeSummary> {
  const operation = 'dataset export';
  const { records } = await readManifest(operation, from);
  await createFolder(out);
  const files = await createLineFiles(out, [...SPLITS.map(fileOf), PLACES_FILE]);
  const counts = { train: 0, validation: 0, test: 0 };
  const total = records.train + records.validation + records.test;
  try {
    for (const split of SPLITS) {
      const scenarios = checkedLines(operation, join(from, 'scenarios.jsonl'), scenarioSchema);
      let scenario: Scenario | undefined;
      const path = join(from, fileOf(split));
      for await (const { value: record, line } of checkedLines(operation, path, datasetRecordSchema)) {
        stopIfAborted(operation, control);
        if (scenario?.id !== record.scenarioId)
          scenario = await findScenario(scenarios, record.scenarioId, { file: path, line });
        const query = scenario.queries.find(({ id }) => id === record.queryId);
        if (!query)
          throw new UserError(`${operation}: ${scenario.id} has no query ${record.queryId}`, {
            location: { file: path, line },
          });
        counts[split]++;
        await files.append(fileOf(split), JSON.stringify(toPublished(record, scenario, query, instruction)));
        const { scenarioId, queryId, kind, motifCell } = record;
        await files.append(
          PLACES_FILE,
          JSON.stringify({ split, line: counts[split], scenarioId, queryId, kind, motifCell }),
        );
        control.onProgress?.({
          stage: operation,
          done: counts.train + counts.validation + counts.test,
          total,
          unit: 'records',
        });
      }
    }
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  }
  return { folder: out, records: counts };
}

/** Reads `train.jsonl`, `validation.jsonl` and `test.jsonl` of the published shape in `from`, placed by the map file, into records in `out`. */
export async function importPublished(
  from: string,
  map: string,
  out: string,
  control: RunControl = {},
): Promise<ExchangeSummary> {
  const operation = 'dataset import';
  const places = new Map<string, z.infer<typeof placeSchema>>();
  for await (const { value } of checkedLines(operation, map, placeSchema))
    places.set(`${value.split} ${value.line}`, value);
  await createFolder(out);
  const files = await createLineFiles(out, SPLITS.map(fileOf));
  const counts = { train: 0, validation: 0, test: 0 };
  const seen = new Set<string>();
  try {
    for (const split of SPLITS) {
      const path = join(from, fileOf(split));
      for await (const { value, line } of checkedLines(operation, path, publishedLineSchema)) {
        stopIfAborted(operation, control);
        const found = places.get(`${split} ${line}`);
        const location = { file: path, line };
        if (!found)
          throw new UserError(`${operation}: the map has no place for line ${line} of ${fileOf(split)}`, {
            location,
            hint: 'The map has one line per record: {"split", "line", "scenarioId", "queryId", "kind", "motifCell"}.',
          });
        const { line: _, ...place } = found;
        const key = `${place.scenarioId} ${place.queryId}`;
        if (seen.has(key)) throw new UserError(`${operation}: ${key} is there twice`, { location });
        seen.add(key);
        counts[split]++;
        await files.append(fileOf(split), JSON.stringify(fromPublished(value, place)));
        control.onProgress?.({ stage: operation, done: seen.size, total: places.size, unit: 'records' });
      }
    }
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  }
  return { folder: out, records: counts };
}
