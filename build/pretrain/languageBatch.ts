/** Rows as the feeds of the language graph: each token is the target of its parent. */
import type { Tensor } from '../../engine/transformer/backend.ts';
import { packTrees } from '../../engine/transformer/tokenTree.ts';
import type { Row } from './curriculum.ts';

/** Share of the language-model loss beside the answers' loss. */
const LANGUAGE_SHARE = 0.25;

/** A token with several children predicts the one that counts most. */
export function languageBatch(rows: readonly Row[]): {
  feeds: Map<string, Tensor>;
  tableLength: number;
  tokens: number;
} {
  const packed = packTrees(
    rows.map((row) => row.tree),
    false,
  );
  const [B, T] = packed.feeds.get('tokens')?.shape ?? [0, 0];
  const sum = (weights: (row: Row) => number[]): number =>
    rows.reduce((total, row) => total + weights(row).reduce((a, b) => a + b, 0), 0);
  const answerTotal = sum((row) => row.answerWeights) || 1;
  const languageTotal = sum((row) => row.languageWeights) || 1;
  const targets = new BigInt64Array(B * T);
  const weights = new Float32Array(B * T);
  rows.forEach(({ tree, answerWeights, languageWeights }, b) => {
    tree.ids.forEach((id, t) => {
      const parent = tree.parents[t];
      const weight = answerWeights[t] / answerTotal + (LANGUAGE_SHARE * languageWeights[t]) / languageTotal;
      const at = b * T + parent;
      if (parent < 0 || weight <= weights[at]) return;
      targets[at] = BigInt(id);
      weights[at] = weight;
    });
  });
  const feeds = new Map(packed.feeds);
  feeds.set('targets', { dataType: 'int64', shape: [B * T], data: targets });
  feeds.set('targetWeights', { dataType: 'float32', shape: [B * T, 1], data: weights });
  return { feeds, tableLength: packed.tableLength, tokens: packed.tokens };
}
