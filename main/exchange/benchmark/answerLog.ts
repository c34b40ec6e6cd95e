/** Per-item results of a run, one a line as they come, so that a run that was stopped goes on where it was. */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from '../../jobs/datasetFiles.ts';
import { fileError, readLines } from '../../jobs/lineFiles.ts';

/** What was read for one item: log-probabilities of its alphabet's texts in nats, null where its prompt was too long. */
const answerSchema = z.strictObject({ id: z.string(), logProbs: z.array(z.number()).nullable() });
export type ItemAnswer = z.infer<typeof answerSchema>;

/** The answers a stopped run left; a last line that was cut off is dropped. */
async function readKept(file: string): Promise<ItemAnswer[]> {
  if (!existsSync(file)) return [];
  const kept: ItemAnswer[] = [];
  for await (const line of readLines(file)) {
    const parsed = answerSchema.safeParse(tryParse(line));
    if (!parsed.success) break;
    kept.push(parsed.data);
  }
  return kept;
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export type AnswerLog = {
  readonly kept: readonly ItemAnswer[];
  readonly append: (answers: readonly ItemAnswer[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens the log `file`: what it holds, and a way to add to it. Only the id and log-probabilities of each item are kept. */
export async function openAnswerLog(file: string): Promise<AnswerLog> {
  try {
    const kept = await readKept(file);
    await writeWhole(file, kept.map((answer) => `${JSON.stringify(answer)}\n`).join(''));
    const handle = await open(file, 'a');
    return {
      kept,
      append: async (answers) =>
        void (await handle.write(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''))),
      close: async () => {
        await handle.sync();
        await handle.close();
      },
    };
  } catch (error) {
    throw fileError(file, error);
  }
}
