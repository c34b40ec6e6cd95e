/** Reads the texts of an alphabet after each prompt: what a benchmark asks of a transformer. */

import { ALPHABETS } from '../../engine/evaluation/benchmarks/benchmarkItem.ts';
import { buildAnswerGraph } from '../../engine/training/answerGraph.ts';
import { type Answerer, textLogProbs } from '../../engine/training/answerQueries.ts';
import { chatIds } from '../../engine/training/prepareScenarios.ts';
import { buildTextTrie } from '../../engine/transformer/answerTrie.ts';
import type { Backend } from '../../engine/transformer/backend.ts';
import { bracketedTokens } from '../../engine/transformer/tokenizer.ts';
import { CancelledError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { openRunnable } from './answerRun.ts';
import { readJsonLines } from './jsonLines.ts';
import { type ChooseLine, type ChooseRequest, choosePromptSchema } from './trainingMessages.ts';
import { openTransformerFolder } from './transformerFolder.ts';

/** Tokens an answer may take behind the prompt. */
const ANSWER_TOKENS = 4;

/** One prompt a pass: sums in a larger pass round differently, and a run that goes on must equal one that was never stopped. */
async function readOne(answerer: Answerer, ids: readonly number[]): Promise<number[]> {
  const record = { scenarioId: 'prompt', queryId: 'value', context: '', question: '' };
  const scenario = { scenarioId: record.scenarioId, packed: { prefix: [], branches: [ids] }, queries: [record] };
  const [logProbs] = await textLogProbs(answerer, [scenario]);
  return [...logProbs];
}

/** Log-probabilities of the alphabet's texts after each prompt, in the order of the file; none for a prompt that is too long, and nothing is cut. */
export async function runChoose(
  request: ChooseRequest,
  backend: Backend,
  control: RunControl & { readonly receive: (lines: ChooseLine[]) => void },
): Promise<void> {
  const prompts = await readJsonLines(request.prompts, choosePromptSchema);
  const opened = openTransformerFolder(request.transformer);
  const { tokenizer, architecture } = opened;
  const { textIds, closeId } = bracketedTokens(tokenizer, ALPHABETS[request.alphabet]);
  const trie = buildTextTrie(textIds, closeId, request.alphabet === 'letters' ? 'letter' : 'integer');
  const { runnable, close } = await openRunnable({ ...request, opened }, backend, control, (spec, base) =>
    buildAnswerGraph(architecture, trie, spec, base),
  );
  const answerer: Answerer = { ...runnable, trie };
  try {
    for (const [i, { prompt, prefill }] of prompts.entries()) {
      if (control.signal?.aborted) throw new CancelledError('benchmark');
      const ids = chatIds(tokenizer, prompt, prefill);
      control.receive([
        { logProbs: ids.length + ANSWER_TOKENS > architecture.maxPositions ? null : await readOne(answerer, ids) },
      ]);
      control.onProgress?.({ stage: 'benchmark', done: i + 1, total: prompts.length, unit: 'prompts' });
    }
  } finally {
    await close();
  }
}
