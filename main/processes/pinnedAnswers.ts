/**
 * Pinned answers: some validation queries, spread over the split, whose answers are kept at every validation, one file each, so that one can
 * watch them move towards their targets. A resumed run writes the same files again.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../engine/training/answerQueries.ts';
import type { DatasetRecord, PinnedAnswers, PinnedQuery } from '../../shared/training.ts';
import { makeFolders, writeFileAtomic } from './durableFiles.ts';

/** As many as a screen can show at once. */
const PINNED = 6;
/** Shares are kept to this many digits. */
const DIGITS = 5;

const FOLDER = 'predictions';
const PINNED_FILE = 'pinned.json';

/** Which of `count` queries are pinned: evenly spread. */
export const pinnedIndices = (count: number): number[] =>
  Array.from({ length: Math.min(PINNED, count) }, (_, i) => Math.floor((i * count) / Math.min(PINNED, count)));

const stepFile = (step: number): string => `step-${String(step).padStart(8, '0')}.json`;

/** Keeps what the pinned of `records` were answered after `step` steps; `answers` belongs to `records` one by one. */
export function keepPinnedAnswers(
  runFolder: string,
  step: number,
  { records, answers }: { readonly records: readonly DatasetRecord[]; readonly answers: readonly Answer[] },
): void {
  const folder = join(runFolder, FOLDER);
  const indices = pinnedIndices(records.length);
  if (!existsSync(join(folder, PINNED_FILE))) {
    makeFolders(folder);
    const pinned: PinnedQuery[] = indices.map((i) => {
      const { scenarioId, queryId, question, bins, mean } = records[i];
      return { scenarioId, queryId, question, bins, mean };
    });
    writeFileAtomic(join(folder, PINNED_FILE), `${JSON.stringify(pinned)}\n`);
  }
  const kept: PinnedAnswers = {
    step,
    answers: indices.map((i) => ({
      bins: answers[i].bins.map((share) => Number(share.toFixed(DIGITS))),
      mean: answers[i].mean,
    })),
  };
  writeFileAtomic(join(folder, stepFile(step)), `${JSON.stringify(kept)}\n`);
}

/** Where the pinned queries of a run are described, and the files of its answers in the order of the steps; null before there are any. */
export function findPinnedAnswers(
  runFolder: string,
): { readonly pinned: string; readonly steps: readonly string[] } | null {
  const folder = join(runFolder, FOLDER);
  if (!existsSync(join(folder, PINNED_FILE))) return null;
  const names = readdirSync(folder).filter((name) => /^step-\d+\.json$/.test(name));
  return { pinned: join(folder, PINNED_FILE), steps: names.sort().map((name) => join(folder, name)) };
}
