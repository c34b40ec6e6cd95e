/** The training runs of a workspace as the screens list them: how far each is, its log, its pinned answers, what its adapter was made from. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import {
  pinnedAnswersSchema,
  pinnedQuerySchema,
  type TrainLog,
  trainConfigSchema,
  trainLogSchema,
} from '../../shared/training.ts';
import {
  type AdapterProvenance,
  adapterProvenanceSchema,
  type RunOrigin,
  type RunPredictions,
  type RunSummary,
  runOriginSchema,
} from '../../shared/workspaceProcedures.ts';
import { parseJson } from '../jsonFile.ts';
import { findPinnedAnswers } from '../processes/pinnedAnswers.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { ORIGIN_FILE } from './jobs/origin.ts';
import { folderNames, readJson } from './workspaceFolders.ts';

const LOG_PORTION_BYTES = 2 ** 20;
/** Validations whose answers are sent at once. */
const MOST_STEPS = 40;

/** Where a run came from; null for one that was put into the workspace from elsewhere. */
export function readOrigin(paths: WorkspacePaths, name: string): RunOrigin | null {
  const file = join(paths.runs, name, ORIGIN_FILE);
  return existsSync(file) ? readJson(file, runOriginSchema) : null;
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
    origin: readOrigin(paths, name),
    hasAdapter: existsSync(join(folder, 'adapter', 'adapter_config.json')),
  };
}

/** The training runs of the workspace. */
export const listRuns = (paths: WorkspacePaths): RunSummary[] =>
  folderNames(paths.runs)
    .filter((name) => existsSync(join(paths.runs, name, 'config.json')))
    .map((name) => runSummary(paths, name));

/** The pinned queries of a run and its answers at validations after step `after`, the earliest first; none before its first validation. */
export function readPredictions(paths: WorkspacePaths, name: string, after: number): RunPredictions {
  const found = findPinnedAnswers(join(paths.runs, name));
  if (!found) return { pinned: [], answers: [] };
  const later = found.steps.filter((file) => Number(/step-(\d+)/.exec(file)?.[1]) > after).slice(0, MOST_STEPS);
  return {
    pinned: readJson(found.pinned, z.array(pinnedQuerySchema)),
    answers: later.map((file) => readJson(file, pinnedAnswersSchema)),
  };
}

/** What a run's adapter was made from. Throws UserError where it has none. */
export function readProvenance(paths: WorkspacePaths, name: string): AdapterProvenance {
  const file = join(paths.runs, name, 'adapter', 'credence.json');
  if (!existsSync(file))
    throw new UserError(`run ${name} has no adapter yet`, { hint: 'an adapter comes with the first validation' });
  return readJson(file, adapterProvenanceSchema);
}
