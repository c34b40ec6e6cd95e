/** Packed scenarios as the feeds of the answering and training graphs. */
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import type { AnswerTrie } from '../transformer/answerTrie.ts';
import type { Tensor } from '../transformer/backend.ts';
import { rotaryFeeds } from '../transformer/rope.ts';
import { packTrees } from '../transformer/tokenTree.ts';
import { queryTree } from './prefixPacking.ts';
import { type PreparedScenario, type PromptRecord, targetRows } from './prepareScenarios.ts';

/** Feeds of a batch, its number of tokens, and how many query rows each scenario has (queries beyond its own are padding). */
export type AnswerBatch = {
  readonly feeds: ReadonlyMap<string, Tensor>;
  readonly tokens: number;
  readonly queriesPerScenario: number;
};

/** What the feeds depend on besides the scenarios. */
export type PackingOptions = { readonly trie: AnswerTrie; readonly frequencies: Float64Array };

/** Feeds that ask every query of `scenarios`. */
export function answerFeeds(
  scenarios: readonly PreparedScenario<PromptRecord>[],
  options: PackingOptions,
): AnswerBatch {
  const packed = packTrees(
    scenarios.map((scenario) => queryTree(scenario.packed, options.trie)),
    true,
  );
  const feeds = new Map([...packed.feeds, ...rotaryFeeds(options.frequencies, packed.tableLength)]);
  const queriesPerScenario = Math.max(...scenarios.map(({ queries }) => queries.length));
  return { feeds, tokens: packed.tokens, queriesPerScenario };
}

/** The same with `targets` and `queryWeights` (equal over all queries of the batch, summing to 1). */
export function trainingFeeds(
  scenarios: readonly PreparedScenario<DatasetRecord>[],
  options: PackingOptions & { readonly target: 'distribution' | 'mean' },
): AnswerBatch {
  const batch = answerFeeds(scenarios, options);
  const width = batch.queriesPerScenario;
  const Q = scenarios.length * width;
  const total = scenarios.reduce((sum, { queries }) => sum + queries.length, 0);
  const targets = new Float32Array(Q * ANSWER_COUNT);
  const weights = new Float32Array(Q);
  scenarios.forEach(({ queries }, i) => {
    targets.set(targetRows(queries, options.target), i * width * ANSWER_COUNT);
    weights.fill(1 / total, i * width, i * width + queries.length);
  });
  const feeds = new Map(batch.feeds);
  feeds.set('targets', { dataType: 'float32', shape: [Q, ANSWER_COUNT], data: targets });
  feeds.set('queryWeights', { dataType: 'float32', shape: [Q, 1], data: weights });
  return { ...batch, feeds };
}
