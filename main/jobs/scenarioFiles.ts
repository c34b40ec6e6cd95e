/** Scenario files: a folder with `scenarios.jsonl`, one scenario a line, written by the generator and read by the dataset build. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { motifCell, type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import { createFolder } from './datasetFiles.ts';
import { createLineFiles, fileError, parseLine, readLines } from './lineFiles.ts';

const SCENARIOS_FILE = 'scenarios.jsonl';
const REPORT_EVERY = 100;

/** How many scenarios were written, in all and by motif cell. */
export type ScenarioCount = { readonly folder: string; readonly count: number; readonly cells: Record<string, number> };

/** Writes `scenarios` into `folder`. Nothing appears under the file's name until all are written. */
export async function writeScenarios(
  operation: string,
  folder: string,
  scenarios: { readonly values: Iterable<Scenario>; readonly total: number },
  control: RunControl = {},
): Promise<ScenarioCount> {
  await createFolder(folder);
  const files = await createLineFiles(folder, [SCENARIOS_FILE]);
  const cells: Record<string, number> = {};
  let count = 0;
  try {
    for (const scenario of scenarios.values) {
      if (control.signal?.aborted) throw new CancelledError(operation);
      await files.append(SCENARIOS_FILE, JSON.stringify(scenario));
      const cell = scenario.motif ? motifCell(scenario.motif) : 'none';
      cells[cell] = (cells[cell] ?? 0) + 1;
      count++;
      if (count % REPORT_EVERY === 0 || count === scenarios.total)
        control.onProgress?.({ stage: operation, done: count, total: scenarios.total, unit: 'scenarios' });
    }
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  }
  return { folder, count, cells };
}

/** The file that `path` names: itself, or `scenarios.jsonl` in it. Throws UserError if there is neither. */
async function scenariosPath(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? join(path, SCENARIOS_FILE) : path;
  } catch (error) {
    throw fileError(path, error);
  }
}

/** The scenarios in `path`, a folder or a file, in order. Throws UserError naming the line that is not a scenario, or whose id came before. */
export async function* readScenarios(operation: string, path: string): AsyncGenerator<Scenario> {
  const file = await scenariosPath(path);
  const lineOf = new Map<string, number>();
  let number = 0;
  for await (const line of readLines(file)) {
    number++;
    const parsed = scenarioSchema.safeParse(parseLine(operation, file, line, number));
    const location = { file, line: number };
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const message = `${operation}: line ${number} is not a scenario: ${z.prettifyError(parsed.error).split('\n')[0].replace(/^✖ /, '')}`;
      throw new UserError(message, { location: { ...location, path: issue.path.join('.') } });
    }
    const { id } = parsed.data;
    const earlier = lineOf.get(id);
    if (earlier !== undefined)
      throw new UserError(`${operation}: scenario ${id} is on line ${earlier} and again on line ${number}`, {
        location,
      });
    lineOf.set(id, number);
    yield parsed.data;
  }
}

/** How many scenarios `path` holds. Throws UserError if none. */
export async function countScenarios(operation: string, path: string): Promise<number> {
  const file = await scenariosPath(path);
  let count = 0;
  for await (const line of readLines(file)) if (line !== '') count++;
  if (count === 0) throw new UserError(`${operation}: the file holds no scenario`, { location: { file } });
  return count;
}
