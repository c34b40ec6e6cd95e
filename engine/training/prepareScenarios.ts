/** Dataset records as token ids: one packed scenario per run of records with the same id, with each query's target beside it. */
import { UserError } from '../../shared/errors.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import type { Tokenizer } from '../transformer/tokenizer.ts';
import { type PackedScenario, packScenario } from './prefixPacking.ts';

/** What is asked of a transformer: the part of a record that answering needs. */
export type PromptRecord = Pick<DatasetRecord, 'scenarioId' | 'queryId' | 'context' | 'question'>;

export type PreparedScenario<Q extends PromptRecord = DatasetRecord> = {
  readonly scenarioId: string;
  readonly packed: PackedScenario;
  readonly queries: readonly Q[];
};

/** The ids of a prompt: the chat template around it, ready for an answer, what the answer begins with, and the opening bracket. */
export const chatIds = (tokenizer: Tokenizer, prompt: string, prefill = ''): number[] =>
  tokenizer.encode(
    `${tokenizer.renderChat([{ role: 'user', content: prompt }], { addGenerationPrompt: true })}${prefill}<`,
  );

/** The ids of a record's prompt. */
export const promptIds = (tokenizer: Tokenizer, { context, question }: PromptRecord): number[] =>
  chatIds(tokenizer, context + question);

/** Groups consecutive records by scenario. Throws UserError for a prompt longer than `maxTokens`: nothing is ever cut off. */
export function prepareScenarios<Q extends PromptRecord>(
  records: readonly Q[],
  tokenizer: Tokenizer,
  maxTokens: number,
): PreparedScenario<Q>[] {
  const groups: Q[][] = [];
  for (const record of records) {
    const last = groups.at(-1);
    if (last?.[0].scenarioId === record.scenarioId) last.push(record);
    else groups.push([record]);
  }
  return groups.map((queries) => {
    const sequences = queries.map((query) => {
      const ids = promptIds(tokenizer, query);
      if (ids.length + 3 > maxTokens)
        throw new UserError(
          `the prompt of scenario ${query.scenarioId}, query ${query.queryId} has ${ids.length} tokens; the transformer reads at most ${maxTokens}`,
          { hint: 'Leave this scenario out of the dataset.' },
        );
      return ids;
    });
    return { scenarioId: queries[0].scenarioId, packed: packScenario(sequences), queries };
  });
}

/** Targets [n, 101] of a scenario's queries: their bins, or all on the rounded mean. */
export function targetRows(queries: readonly DatasetRecord[], target: 'distribution' | 'mean'): Float32Array {
  const rows = new Float32Array(queries.length * ANSWER_COUNT);
  queries.forEach((query, i) => {
    if (target === 'mean') rows[i * ANSWER_COUNT + Number(query.answer)] = 1;
    else rows.set(query.bins, i * ANSWER_COUNT);
  });
  return rows;
}
