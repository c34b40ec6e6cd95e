/**
 * Attention with grouped key/value heads over an additive mask: S = Q·Kᵀ/√D + M, P = softmax(S), O = P·V.
 * Backward: dV = Pᵀ·dO, dS = P·(dO·Vᵀ − δ) with δ = Σ_D dO·O per query, dQ = dS·K/√D, dK = dSᵀ·Q/√D. (δ equals Σ_keys P·dP and is
 * cheaper.) The query heads of a group are stacked as rows, so keys and values are never repeated.
 * **Source:** A. Vaswani et al. (2017); J. Ainslie et al., GQA (2023); δ as in T. Dao et al., FlashAttention (2022).
 */
import { addNode, type Graph, recordBackward, scalar, type Value } from '../graph.ts';
import { accumulate, emitElementwise, sumLast } from './elementwise.ts';
import { emitReshape, emitTranspose } from './shape.ts';

/** H query heads, G of them to each of the H/G key/value heads, D channels each. */
export type HeadCounts = { readonly heads: number; readonly keyValueHeads: number; readonly headSize: number };

/** What attention reads. A is the number of querying positions, T of all. `mask` [B, 1, 1, A, T] is added to the scores. */
export type AttentionInputs = {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  readonly mask: Value;
};

const product = (graph: Graph, a: Value, b: Value): Value =>
  addNode(graph, { operator: 'MatMul', inputs: [a, b], shape: [...a.shape.slice(0, -1), b.shape.at(-1) ?? 0] });

const swapLast = (graph: Graph, x: Value): Value => emitTranspose(graph, x, [0, 1, 3, 2]);

/** O [B, A, H·D] of q [B, A, H·D], k and v [B, T, KV·D]. */
export function attention(graph: Graph, { q, k, v, mask }: AttentionInputs, counts: HeadCounts): Value {
  const { headSize: D, keyValueHeads: KV } = counts;
  const G = counts.heads / KV;
  const [B, A] = q.shape;
  const T = k.shape[1];
  // [B, A, KV·G·D] → [B, KV, G·A, D]
  const splitQueries = (x: Value): Value => {
    const parts = emitTranspose(graph, emitReshape(graph, x, [B, A, KV, G, D]), [0, 2, 3, 1, 4]);
    return G === 1 ? emitReshape(graph, parts, [B, KV, A, D]) : emitReshape(graph, parts, [B, KV, `${G}${A}`, D]);
  };
  // the way back
  const joinQueries = (x: Value): Value =>
    emitReshape(graph, emitTranspose(graph, emitReshape(graph, x, [B, KV, G, A, D]), [0, 3, 1, 2, 4]), q.shape);
  // [B, T, KV·D] → [B, KV, T, D] and back
  const splitKeys = (x: Value): Value => emitTranspose(graph, emitReshape(graph, x, [B, T, KV, D]), [0, 2, 1, 3]);
  const joinKeys = (x: Value): Value => emitReshape(graph, emitTranspose(graph, x, [0, 2, 1, 3]), k.shape);

  const scale = scalar(graph, 1 / Math.sqrt(D));
  const queries = emitElementwise(graph, 'Mul', splitQueries(q), scale);
  const keys = splitKeys(k);
  const values = splitKeys(v);
  const scores = product(graph, queries, swapLast(graph, keys));
  const masked = emitElementwise(graph, 'Add', emitReshape(graph, scores, [B, KV, G, A, T]), mask);
  const softmax = addNode(graph, {
    operator: 'Softmax',
    inputs: [masked],
    attributes: { axis: { kind: 'int', value: -1 } },
    shape: masked.shape,
  });
  const probs = emitReshape(graph, softmax, scores.shape);
  const mixed = product(graph, probs, values);
  const output = joinQueries(mixed);

  recordBackward(graph, [q, k, v], {
    output,
    backward: (dOutput, sink) => {
      const dMixed = splitQueries(dOutput);
      accumulate(graph, sink, v, () => joinKeys(product(graph, swapLast(graph, probs), dMixed)));
      if (!sink.isWanted(q) && !sink.isWanted(k)) return;
      const delta = sumLast(graph, emitElementwise(graph, 'Mul', dMixed, mixed));
      const dProbs = product(graph, dMixed, swapLast(graph, values));
      const dScores = emitElementwise(graph, 'Mul', emitElementwise(graph, 'Sub', dProbs, delta), probs);
      accumulate(graph, sink, q, () =>
        joinQueries(emitElementwise(graph, 'Mul', product(graph, dScores, keys), scale)),
      );
      // `queries` already carries 1/√D.
      accumulate(graph, sink, k, () => joinKeys(product(graph, swapLast(graph, dScores), queries)));
    },
  });
  return output;
}
