/**
 * Rotary position embedding: in each head the pair (x_i, x_{i+D/2}) is turned by position·θ_i. A rotation's gradient is the inverse
 * rotation, so the backward is the same operator with the sine negated.
 * **Source:** J. Su et al., RoFormer (2021); the half-split pairing of Hugging Face's Llama.
 */
import { addNode, type Graph, recordBackward, type Value } from '../graph.ts';
import { accumulate } from './elementwise.ts';

/** cos, sin and −sin of position·θ_i, each [positions, D/2], and the position of each token [B, T]. */
export type RotaryTables = {
  readonly cosine: Value;
  readonly sine: Value;
  readonly negativeSine: Value;
  readonly positions: Value;
};

/** x [B, T, H·D], turned head by head. */
export function rotary(graph: Graph, x: Value, tables: RotaryTables): Value {
  const emit = (input: Value, sine: Value): Value =>
    addNode(graph, {
      operator: 'RotaryEmbedding',
      domain: 'com.microsoft',
      inputs: [input, tables.positions, tables.cosine, sine],
      shape: x.shape,
    });
  const output = emit(x, tables.sine);
  recordBackward(graph, [x], {
    output,
    backward: (dY, sink) => accumulate(graph, sink, x, () => emit(dY, tables.negativeSine)),
  });
  return output;
}
