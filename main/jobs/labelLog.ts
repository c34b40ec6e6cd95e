/**
 * Label log: the results of a dataset build in the order of its scenarios, appended as they come, so that a killed build goes on where
 * it stopped. A line that was cut off by the kill is dropped.
 */
import { type FileHandle, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { labelledScenarioSchema } from '../../engine/training/datasetRecords.ts';
import { labelFaultSchema } from '../../engine/training/labelCheck.ts';
import type { DatasetSettings } from '../../shared/dataset.ts';
import { UserError } from '../../shared/errors.ts';
import { type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import { fingerprint } from './datasetFiles.ts';
import { fileError, readLines } from './lineFiles.ts';

/** One result: labels, or the reasons why there are none. */
const labelResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('labelled'), labelled: labelledScenarioSchema }),
  z.strictObject({ kind: z.literal('rejected'), scenario: scenarioSchema, faults: z.array(labelFaultSchema) }),
]);
export type LabelResult = z.infer<typeof labelResultSchema>;

const scenarioOf = (result: LabelResult): Scenario =>
  result.kind === 'labelled' ? result.labelled.scenario : result.scenario;

const LOG_FILE = 'labels.log';

/** A log that is open for appending. `done` results are in it already, with the fingerprints of their scenarios in `scenarioPrints`. */
export type LabelLog = {
  readonly path: string;
  readonly scenarioPrints: readonly string[];
  readonly append: (result: LabelResult) => Promise<void>;
  readonly close: () => Promise<void>;
};

const entrySchema = z.strictObject({ print: z.string(), result: labelResultSchema });
type Entry = z.infer<typeof entrySchema>;

/** An entry, or nothing where a kill or a power cut spoiled the line. */
function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

async function readPrints(
  operation: string,
  path: string,
  settingsPrint: string,
): Promise<{ prints: string[]; bytes: number }> {
  const prints: string[] = [];
  let bytes = 0;
  try {
    for await (const line of readLines(path)) {
      const lineBytes = Buffer.byteLength(line) + 1;
      if (bytes === 0) {
        if (line.length < settingsPrint.length && settingsPrint.startsWith(line)) break;
        if (line !== settingsPrint)
          throw new UserError(`${operation}: an unfinished build with other settings lies in this folder`, {
            location: { file: path },
            hint: 'Repeat it with its own settings, or choose another folder.',
          });
      } else {
        const entry = parseEntry(line);
        if (entry === undefined) break;
        prints.push(entry.print);
      }
      bytes += lineBytes;
    }
  } catch (error) {
    throw fileError(path, error);
  }
  return { prints, bytes };
}

/** Opens the log in `folder`, new or from a killed build. Throws UserError if it belongs to a build with other settings. */
export async function openLabelLog(operation: string, folder: string, settings: DatasetSettings): Promise<LabelLog> {
  const path = join(folder, LOG_FILE);
  const settingsPrint = fingerprint(settings);
  let handle: FileHandle;
  try {
    handle = await open(path, 'a');
  } catch (error) {
    throw fileError(path, error);
  }
  const { prints, bytes } = await readPrints(operation, path, settingsPrint).catch(async (error) => {
    await handle.close();
    throw error;
  });
  const write = async (line: string): Promise<void> => {
    try {
      await handle.appendFile(`${line}\n`);
    } catch (error) {
      throw fileError(path, error);
    }
  };
  // The last line may have lost its newline only, and then counts as whole: cutting to the counted bytes would lengthen the file.
  const { size } = await handle.stat();
  if (bytes > size) await handle.appendFile('\n');
  else await truncate(path, bytes);
  if (bytes === 0) await write(settingsPrint);
  return {
    path,
    scenarioPrints: prints,
    append: (result) => write(JSON.stringify({ print: fingerprint(scenarioOf(result)), result } satisfies Entry)),
    close: () => handle.close(),
  };
}

/** The results in the log at `path`, in order. */
export async function* readLabelLog(path: string): AsyncGenerator<LabelResult> {
  let isHeader = true;
  for await (const line of readLines(path)) {
    const entry = isHeader ? undefined : parseEntry(line);
    isHeader = false;
    if (entry) yield entry.result;
  }
}
