/** `credence train --plan`: the memory a run needs, by part, from the folder's configuration and the data alone; no weight is read. */
import { freemem } from 'node:os';
import { DEFAULT_PROJECTIONS } from '../../engine/training/lora.ts';
import { type MemoryPlan, memoryPlan } from '../../engine/training/memoryPlan.ts';
import { queryTree } from '../../engine/training/prefixPacking.ts';
import { prepareScenarios } from '../../engine/training/prepareScenarios.ts';
import { buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import { answerTokens } from '../../engine/transformer/tokenizer.ts';
import type { TrainConfig } from '../../shared/training.ts';
import { readSplit } from '../processes/datasetFiles.ts';
import { openTransformerFolder } from '../processes/transformerFolder.ts';

/** The plan for the longest scenarios of the training split, with what is free on this machine now (bytes). */
export async function planTraining(
  transformer: string,
  dataset: string,
  config: TrainConfig,
): Promise<MemoryPlan & { readonly free: number; readonly longestTokens: number }> {
  const { architecture, tokenizer } = openTransformerFolder(transformer);
  const { answerIds, closeId } = answerTokens(tokenizer);
  const trie = buildAnswerTrie(answerIds, closeId);
  const scenarios = prepareScenarios(await readSplit(dataset, 'train'), tokenizer, architecture.maxPositions);
  const trees = scenarios.map(({ packed }) => queryTree(packed, trie));
  const tokens = Math.max(...trees.map(({ ids }) => ids.length));
  const reads = Math.max(...trees.map((tree) => tree.reads.length));
  const spec = { rank: config.rank, alpha: config.alpha, projections: DEFAULT_PROJECTIONS };
  const plan = memoryPlan(architecture, spec, { rows: config.batch, tokens, reads });
  return { ...plan, free: freemem(), longestTokens: tokens };
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`.padStart(14);

/** The plan as lines for a terminal. */
export function describePlan(plan: Awaited<ReturnType<typeof planTraining>>): string {
  const { free, longestTokens, total, ...parts } = plan;
  const rows = [...Object.entries(parts), ['total', total] as const, ['free now', free] as const];
  const verdict = total <= free ? 'It fits.' : 'It does not fit: lower --batch, or use a smaller transformer.';
  return [
    ...rows.map(([name, bytes]) => `${name.padEnd(12)}${megabytes(bytes)}`),
    `longest scenario: ${longestTokens} tokens`,
    verdict,
    '',
  ].join('\n');
}
