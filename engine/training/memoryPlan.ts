/**
 * How much memory a fine-tuning run needs, by part, from shapes alone. Activations are what the backward pass keeps: per token and layer the
 * stream, norms, projections, gate and attention's probabilities; and the logits of the read rows.
 */
import { type Architecture, weightShapes } from '../transformer/architecture.ts';
import { type AdapterSpec, adapterLayout } from './lora.ts';

/** Bytes by part. */
export type MemoryPlan = {
  readonly weights: number;
  readonly adapter: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly total: number;
};

/** What one pass reads: `rows` scenarios of `tokens` tokens, and how many positions of each are read. */
export type PassSize = { readonly rows: number; readonly tokens: number; readonly reads: number };

const FLOAT_BYTES = 4;

/** The plan for training in float32. */
export function memoryPlan(architecture: Architecture, spec: AdapterSpec, pass: PassSize): MemoryPlan {
  const product = (shape: readonly number[]): number => shape.reduce((size, factor) => size * factor, 1);
  const count = [...weightShapes(architecture).values()].reduce((sum, shape) => sum + product(shape), 0);
  const {
    hiddenSize: C,
    intermediateSize: I,
    heads,
    headSize,
    keyValueHeads,
    layers,
    vocabularySize: V,
  } = architecture;
  const { length } = adapterLayout(architecture, spec);
  const queryWidth = heads * headSize;
  const keyWidth = keyValueHeads * headSize;
  // Stream twice, two norms, q and its mixture before and after rotation, k, v, attention's output; gate, sigmoid, silu, value, product.
  const perToken = 6 * C + 4 * queryWidth + 4 * keyWidth + 5 * I + 6 * spec.rank;
  const perLayer = pass.rows * (pass.tokens * perToken + 3 * heads * pass.tokens ** 2);
  const logits = 3 * pass.rows * pass.reads * V;
  const weights = FLOAT_BYTES * count;
  const adapter = FLOAT_BYTES * 2 * length;
  const optimizer = FLOAT_BYTES * 2 * length;
  const activations = FLOAT_BYTES * (layers * perLayer + logits);
  return { weights, adapter, optimizer, activations, total: weights + adapter + optimizer + activations };
}
