/** Rows as the feeds of the language graph: each token is the target of its parent. */
import type { Tensor } from '../../engine/transformer/backend.ts';
import { packTrees } from '../../engine/transformer/tokenTree.ts';
import type { Row, Share } from './curriculum.ts';

/** How much each share of a batch adds to the loss. */
const SHARE_WEIGHTS: Readonly<Record<Share, number>> = { answer: 1, language: 0.2, repeat: 0.3 };

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
  const totals: Record<Share, number> = { answer: 0, language: 0, repeat: 0 };
  for (const { weights, shares } of rows)
    shares.forEach((share, t) => {
      if (share) totals[share] += weights[t];
    });
  const targets = new BigInt64Array(B * T);
  const targetWeights = new Float32Array(B * T);
  rows.forEach(({ tree, weights, shares }, b) => {
    tree.ids.forEach((id, t) => {
      const [parent, share] = [tree.parents[t], shares[t]];
      if (parent < 0 || !share) return;
      const weight = (SHARE_WEIGHTS[share] * weights[t]) / totals[share];
      const at = b * T + parent;
      if (weight <= targetWeights[at]) return;
      targets[at] = BigInt(id);
      targetWeights[at] = weight;
    });
  });
  const feeds = new Map(packed.feeds);
  feeds.set('targets', { dataType: 'int64', shape: [B * T], data: targets });
  feeds.set('targetWeights', { dataType: 'float32', shape: [B * T, 1], data: targetWeights });
  return { feeds, tableLength: packed.tableLength, tokens: packed.tokens };
}
