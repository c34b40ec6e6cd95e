/** Asks a transformer what is not answered yet, alphabet by alphabet, and keeps every answer as it comes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alphabet } from '../../../engine/evaluation/benchmarks/benchmarkItem.ts';
import type { RunControl } from '../../../shared/progress.ts';

import type { BACKENDS } from '../../../shared/training.ts';
import { chooseTexts } from '../../processes/trainingRunner.ts';
import { type ItemAnswer, openAnswerLog } from './answerLog.ts';

/** One question: what is read after `prompt` and `prefill`. */
export type Question = {
  readonly id: string;
  readonly prompt: string;
  readonly prefill: string;
  readonly alphabet: Alphabet;
};

/** Where it runs; threads are of the CPU. */
export type AnsweringDevice = { readonly backend: (typeof BACKENDS)[number]; readonly threads: number };

/** Who is asked, and on what. */
export type Answering = {
  readonly transformer: string;
  readonly adapter: string | null;
  readonly device: AnsweringDevice;
};

async function askAlphabet(
  questions: readonly Question[],
  alphabet: Alphabet,
  who: Answering,
  control: RunControl & { readonly keep: (answers: readonly ItemAnswer[]) => Promise<void> },
): Promise<void> {
  const asked = questions.filter((question) => question.alphabet === alphabet);
  if (asked.length === 0) return;
  const scratch = await mkdtemp(join(tmpdir(), 'credence-benchmark-'));
  let writing = Promise.resolve();
  let next = 0;
  try {
    const prompts = join(scratch, 'prompts.jsonl');
    await writeFile(prompts, asked.map(({ prompt, prefill }) => `${JSON.stringify({ prompt, prefill })}\n`).join(''));
    await chooseTexts(
      { ...who, prompts, alphabet },
      {
        ...control,
        receive: (lines) => {
          const answers = lines.map(({ logProbs }) => ({ id: asked[next++].id, logProbs }));
          writing = writing.then(() => control.keep(answers));
        },
      },
    );
  } finally {
    await writing;
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Every question's answer, in their order, from the log or newly asked. Throws CancelledError on the signal; what was answered is kept. */
export async function askItems(
  questions: readonly Question[],
  file: string,
  who: Answering,
  control: RunControl,
): Promise<readonly ItemAnswer[]> {
  const log = await openAnswerLog(file);
  const known = new Map(log.kept.map((answer) => [answer.id, answer]));
  const keep = async (answers: readonly ItemAnswer[]): Promise<void> => {
    await log.append(answers);
    for (const answer of answers) known.set(answer.id, answer);
  };
  try {
    const missing = questions.filter(({ id }) => !known.has(id));
    for (const alphabet of ['letters', 'integers'] as const)
      await askAlphabet(missing, alphabet, who, { ...control, keep });
  } finally {
    await log.close();
  }
  return questions.map(({ id }) => known.get(id) ?? { id, logProbs: null });
}
