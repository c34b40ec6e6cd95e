/**
 * How much memory a fine-tuning run needs, by part, from shapes alone. Activations are what the backward pass keeps: per token and layer the
 * stream, norms, projections, gate and attention's probabilities; and the logits of the read rows. With checkpointing only the stream is kept of
 * every layer, and the rest of one. Narrow weights need a wide copy of the largest one in use.
 */
import type { WeightType } from '../../shared/training.ts';
import { type Architecture, weightShapes } from '../transformer/architecture.ts';
import { packedNames } from '../transformer/frozenWeights.ts';
import { BLOCK_SIZE } from '../transformer/graph/operators/widen.ts';
import { type AdapterSpec, adapterLayout } from './lora.ts';

/** Bytes by part. */
export type MemoryPlan = {
  readonly weights: number;
  /** Wide copies of narrow weights, while they are multiplied with. */
  readonly widening: number;
  readonly adapter: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly total: number;
};

/** What one pass reads: `rows` scenarios of `tokens` tokens, and how many positions of each are read. */
export type PassSize = { readonly rows: number; readonly tokens: number; readonly reads: number };

/** The choices that memory depends on. */
export type MemoryChoices = { readonly weights: WeightType; readonly isCheckpointed: boolean };

const FLOAT_BYTES = 4;
const HALF_BYTES = 2;

const product = (shape: readonly number[]): number => shape.reduce((size, factor) => size * factor, 1);

/** Bytes of one base weight as it is kept. */
function weightBytes(shape: readonly number[], type: WeightType, isPacked: boolean): number {
  if (type === 'float32' || shape.length === 1) return FLOAT_BYTES * product(shape);
  return isPacked ? product(shape) * (1 / 2 + FLOAT_BYTES / BLOCK_SIZE) : HALF_BYTES * product(shape);
}

/** Bytes of all base weights kept as `type`. */
export function storedBytes(architecture: Architecture, type: WeightType): number {
  const packed = type === 'int4' ? packedNames(architecture) : new Set<string>();
  let sum = 0;
  for (const [name, shape] of weightShapes(architecture)) sum += weightBytes(shape, type, packed.has(name));
  return sum;
}

/** The largest buffers that a graphics card binds, in bytes, by what they hold. */
export type LargestBuffers = Readonly<Record<'weight' | 'widened' | 'logits' | 'scores', number>>;

/** Most bytes of one binding that WebGPU's common adapters allow (2 GiB less four bytes). */
export const BINDING_LIMIT = 2 ** 31 - 4;

const largestWeight = (architecture: Architecture): number =>
  Math.max(...[...weightShapes(architecture).values()].map(product));

/** The largest buffers of a run: a weight as it is kept and widened, the logits of the read rows, one layer's attention scores. */
export function largestBuffers(
  architecture: Architecture,
  pass: PassSize,
  { weights }: Pick<MemoryChoices, 'weights'>,
): LargestBuffers {
  const wide = FLOAT_BYTES * largestWeight(architecture);
  return {
    weight: weights === 'float32' ? wide : wide / 2,
    widened: wide,
    logits: FLOAT_BYTES * pass.rows * pass.reads * architecture.vocabularySize,
    scores: FLOAT_BYTES * pass.rows * architecture.heads * pass.tokens ** 2,
  };
}

/** The plan for training. Adapter, its gradient and both moments are float32 whatever the weights are. */
export function memoryPlan(
  architecture: Architecture,
  spec: AdapterSpec,
  pass: PassSize,
  choices: MemoryChoices = { weights: 'float32', isCheckpointed: false },
): MemoryPlan {
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
  const kept = choices.isCheckpointed ? perLayer + (layers - 1) * pass.rows * pass.tokens * C : layers * perLayer;
  const logits = 3 * pass.rows * pass.reads * V;
  const weights = storedBytes(architecture, choices.weights);
  const widening = choices.weights === 'float32' ? 0 : FLOAT_BYTES * largestWeight(architecture);
  const adapter = FLOAT_BYTES * 2 * length;
  const optimizer = FLOAT_BYTES * 2 * length;
  const activations = FLOAT_BYTES * (kept + logits);
  return {
    weights,
    widening,
    adapter,
    optimizer,
    activations,
    total: weights + widening + adapter + optimizer + activations,
  };
}
