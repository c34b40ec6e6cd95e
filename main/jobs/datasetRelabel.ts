/**
 * Dataset relabel: a dataset with the same prompts and splits, labelled by somebody's answers instead of posteriors, so that both targets can
 * be compared fairly. Records without an answer are left out, and counted.
 */
import { join } from 'node:path';
import { relabel } from '../../engine/training/answerTarget.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { RunControl } from '../../shared/progress.ts';
import { datasetRecordSchema, SPLITS, type Split } from '../../shared/training.ts';
import { readAnswers } from '../exchange/readAnswers.ts';
import { checkedLines } from './datasetExchange.ts';
import { createFolder, readManifest, writeWhole } from './datasetFiles.ts';
import { createLineFiles } from './lineFiles.ts';

const OPERATION = 'dataset relabel';

export type RelabelSummary = {
  readonly folder: string;
  readonly records: Readonly<Record<Split, number>>;
  /** Records without an answer. */
  readonly unanswered: number;
  readonly sources: readonly string[];
};

/** The one answer per query. Throws UserError where a query has two. */
function indexAnswers(answers: readonly ModelAnswer[], file: string): Map<string, ModelAnswer> {
  const index = new Map<string, ModelAnswer>();
  for (const answer of answers) {
    const key = `${answer.scenarioId} ${answer.queryId}`;
    if (index.has(key))
      throw new UserError(`${OPERATION}: ${key} is answered twice`, {
        location: { file },
        hint: 'Give one source: repeated answers of one source are the samples of one line.',
      });
    index.set(key, answer);
  }
  return index;
}

/** Writes the records of `from` that `answersFile` answers into `out`. Throws UserError where none is. */
export async function relabelDataset(
  options: {
    readonly from: string;
    readonly answersFile: string;
    readonly out: string;
    readonly target: 'distribution' | 'mean';
  },
  control: RunControl = {},
): Promise<RelabelSummary> {
  const { from, answersFile, out, target } = options;
  const { records, settings } = await readManifest(OPERATION, from);
  const answers = indexAnswers(readAnswers(answersFile), answersFile);
  await createFolder(out);
  const files = await createLineFiles(
    out,
    SPLITS.map((split) => `${split}.jsonl` as const),
  );
  const counts = { train: 0, validation: 0, test: 0 };
  const total = records.train + records.validation + records.test;
  let done = 0;
  try {
    for (const split of SPLITS)
      for await (const { value } of checkedLines(OPERATION, join(from, `${split}.jsonl`), datasetRecordSchema)) {
        if (control.signal?.aborted) throw new CancelledError(OPERATION);
        control.onProgress?.({ stage: OPERATION, done: ++done, total, unit: 'records' });
        const answer = answers.get(`${value.scenarioId} ${value.queryId}`);
        if (!answer) continue;
        counts[split]++;
        await files.append(`${split}.jsonl`, JSON.stringify(relabel(value, answer, target)));
      }
    const labelled = counts.train + counts.validation + counts.test;
    if (labelled === 0)
      throw new UserError(`${OPERATION}: no record of the dataset is answered`, {
        location: { file: answersFile },
        hint: 'Answers join by scenarioId and queryId. Were they asked of other scenarios?',
      });
    const facts = Object.fromEntries(await files.finish());
    const sources = [...new Set([...answers.values()].map(({ source, sourceId }) => `${source} ${sourceId}`))];
    const summary: RelabelSummary = { folder: out, records: counts, unanswered: total - labelled, sources };
    await writeWhole(
      join(out, 'relabel.json'),
      `${JSON.stringify({ ...summary, target, from: settings, files: facts }, null, 2)}\n`,
    );
    return summary;
  } catch (error) {
    await files.abandon();
    throw error;
  }
}
