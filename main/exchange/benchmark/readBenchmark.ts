/** A benchmark's items from the user's files, in the formats they are published in. */
import { basename, extname } from 'node:path';
import { z } from 'zod';
import {
  createTeachingReader,
  TEACHING_TASKS,
  type TeachingTask,
} from '../../../engine/evaluation/benchmarks/bayesianTeaching.ts';
import type { BenchmarkItem, ChoiceItem } from '../../../engine/evaluation/benchmarks/benchmarkItem.ts';
import { type ChoiceSet, readChoiceRow } from '../../../engine/evaluation/benchmarks/multipleChoice.ts';
import { readOpenEstimate } from '../../../engine/evaluation/benchmarks/openEstimate.ts';
import type { BenchmarkName } from '../../../shared/benchmark.ts';
import { UserError } from '../../../shared/errors.ts';
import { parseJson, pathText, readTextFile } from '../../jsonFile.ts';
import { readRows } from './readRows.ts';

export type BenchmarkPlan = {
  readonly name: BenchmarkName;
  readonly files: readonly string[];
  /** Seeds what is drawn for items. */
  readonly seed: number;
  /** Bayesian Teaching with what options are made of. */
  readonly isGuided: boolean;
  /** At most this many items of each file, the first ones. */
  readonly limit?: number;
};

const LARGEST_BYTES = 64 * 2 ** 20;

/** What fits a row no reader knows: where it is, and what was expected there. */
function refuseRow(
  error: unknown,
  name: BenchmarkName,
  place: { readonly file: string; readonly row: number | null },
): never {
  const at = place.row === null ? place.file : `${place.file}: row ${place.row}`;
  const location = { file: place.file, ...(place.row === null ? {} : { line: place.row }) };
  const hint = `is this ${name} as it is published?`;
  if (error instanceof z.ZodError) {
    const [{ path, message }] = error.issues;
    throw new UserError(`${at}: ${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`, { hint, location });
  }
  if (error instanceof UserError)
    throw new UserError(`${at}: ${error.message}`, { hint: error.hint ?? hint, location });
  throw error;
}

async function readEach(
  { name, limit = Number.POSITIVE_INFINITY }: BenchmarkPlan,
  file: string,
  read: (row: unknown, index: number) => ChoiceItem,
): Promise<ChoiceItem[]> {
  const items: ChoiceItem[] = [];
  for await (const row of readRows(file)) {
    if (items.length >= limit) break;
    try {
      items.push(read(row, items.length));
    } catch (error) {
      refuseRow(error, name, { file, row: items.length + 1 });
    }
  }
  return items;
}

/** The task is in the file's name: the rows do not say. */
function taskOf(file: string): TeachingTask {
  const name = basename(file).toLowerCase().replaceAll(/[-_ ]/g, '');
  const task = TEACHING_TASKS.find((known) => name.includes(known));
  if (task) return task;
  throw new UserError(`${file}: the name says no task; expected one of ${TEACHING_TASKS.join(', ')} in it`, {
    location: { file },
  });
}

function readEstimates({ name, limit }: BenchmarkPlan, file: string): BenchmarkItem[] {
  const group = basename(file, extname(file)).replace(/_variables$/, '');
  const document = parseJson(readTextFile(file, LARGEST_BYTES), z.unknown(), { file });
  try {
    return readOpenEstimate(document, group).slice(0, limit);
  } catch (error) {
    return refuseRow(error, name, { file, row: null });
  }
}

async function readFileItems(plan: BenchmarkPlan, file: string): Promise<readonly BenchmarkItem[]> {
  const { name, seed, isGuided } = plan;
  if (name === 'openestimate') return readEstimates(plan, file);
  if (name === 'bayesian-teaching') {
    const task = taskOf(file);
    return readEach(plan, file, createTeachingReader(task, isGuided));
  }
  const set: ChoiceSet = name;
  return readEach(plan, file, (row, index) => readChoiceRow(set, row, index, seed));
}

/** Every item of the plan's files, with ids that name the file where there are several. Throws UserError naming file and row. */
export async function readBenchmark(plan: BenchmarkPlan): Promise<BenchmarkItem[]> {
  const items: BenchmarkItem[] = [];
  for (const file of plan.files) {
    const found = await readFileItems(plan, file);
    if (found.length === 0)
      throw new UserError(`${file}: expected at least one row, received none`, { location: { file } });
    const prefix = plan.files.length > 1 && plan.name !== 'openestimate' ? `${basename(file)}/` : '';
    for (const item of found) items.push({ ...item, id: prefix + item.id });
  }
  return items;
}
