/** The memory a run needs, by part and for every choice, from the folder's configuration and the data alone; no weight is read. */
import { freemem } from 'node:os';
import { DEFAULT_PROJECTIONS } from '../../engine/training/lora.ts';
import { BINDING_LIMIT, largestBuffers, memoryPlan, type PassSize } from '../../engine/training/memoryPlan.ts';
import { queryTree } from '../../engine/training/prefixPacking.ts';
import { buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import { answerTokens } from '../../engine/transformer/tokenizer.ts';
import { type TrainingPlan, WEIGHT_TYPES } from '../../shared/training.ts';
import { openSplit } from './datasetFiles.ts';
import type { PlanRequest } from './trainingMessages.ts';
import { openTransformerFolder } from './transformerFolder.ts';

/** The plan for the longest scenarios of the training split, with what is free on this machine now (bytes). */
export async function runPlan({ transformer, dataset, config }: PlanRequest): Promise<TrainingPlan> {
  const { architecture, tokenizer } = openTransformerFolder(transformer);
  const { answerIds, closeId } = answerTokens(tokenizer);
  const trie = buildAnswerTrie(answerIds, closeId);
  const scenarios = await openSplit(dataset, 'train', { tokenizer, maxTokens: architecture.maxPositions });
  let [tokens, reads] = [0, 0];
  for (let i = 0; i < scenarios.count; i++) {
    const tree = queryTree(scenarios.read(i).packed, trie);
    tokens = Math.max(tokens, tree.ids.length);
    reads = Math.max(reads, tree.reads.length);
  }
  scenarios.close();
  const longest: PassSize = { rows: config.batch, tokens, reads };
  const spec = { rank: config.rank, alpha: config.alpha, projections: DEFAULT_PROJECTIONS };
  const planFor = (weights: (typeof WEIGHT_TYPES)[number], isCheckpointed: boolean) =>
    memoryPlan(architecture, spec, longest, { weights, isCheckpointed });
  const buffers = largestBuffers(architecture, longest, { weights: config.weights });
  return {
    ...planFor(config.weights, config.checkpointing),
    free: freemem(),
    longestTokens: longest.tokens,
    backend: config.backend,
    largestBuffer: Math.max(...Object.values(buffers)),
    bindingLimit: BINDING_LIMIT,
    choices: WEIGHT_TYPES.flatMap((weights) =>
      [false, true].map((checkpointing) => ({ weights, checkpointing, total: planFor(weights, checkpointing).total })),
    ),
  };
}
