/**
 * The decoder of Llama and Qwen2 as a graph: embedding, layers of attention and SwiGLU with RMS norms before them, final norm and head.
 * The residual stream is kept as a matrix [N, C] with N = B·T; the last layer runs its queries and its MLP at the read rows only.
 * **Source:** H. Touvron et al., LLaMA (2023); Qwen2 technical report (2024); weight names as in Hugging Face transformers.
 */
import { type Architecture, type Projection, projectionPath } from './architecture.ts';
import { addInput, addNode, type Graph, integers, scalar, type Value } from './graph/graph.ts';
import { attention } from './graph/operators/attention.ts';
import { checkpointed } from './graph/operators/checkpoint.ts';
import { add, multiply } from './graph/operators/elementwise.ts';
import { gatherRows } from './graph/operators/gather.ts';
import { gemm } from './graph/operators/gemm.ts';
import { rmsNorm } from './graph/operators/rmsNorm.ts';
import { type RotaryTables, rotary } from './graph/operators/rotary.ts';
import { emitReshape, reshape } from './graph/operators/shape.ts';
import { swiglu } from './graph/operators/swiglu.ts';

/** A LoRA pair on one projection: A [R, in], B [out, R]; the projection's output gains scale·x·Aᵀ·Bᵀ. */
export type AdapterPair = {
  readonly a: Value;
  readonly b: Value;
  readonly scale: number;
  /** Multiplies the pair's input [N, in]; undefined without dropout. */
  readonly dropout?: Value;
};

/** Where the decoder takes its weights from, by Hugging Face name. */
export type DecoderWeights = {
  readonly weight: (name: string) => Value;
  readonly adapter?: (path: string) => AdapterPair | undefined;
  /** Keep only each layer's input for the backward pass and compute the rest again; the last layer's is needed at once. */
  readonly isCheckpointed?: boolean;
};

/** The graph inputs a decoder reads, by the names `packSequences` feeds. */
export type DecoderInputs = {
  /** [B, T] token ids. */
  readonly tokens: Value;
  /** [B, T, T]: whether the token of the row may look at the token of the column. */
  readonly isVisible: Value;
  readonly rotary: RotaryTables;
  /** [B, A] positions in the flattened batch whose outputs are wanted, or undefined for all. */
  readonly rows: Value | undefined;
};

/** Declares the inputs. `readsRows` false: every position is read. */
export function declareDecoderInputs(graph: Graph, architecture: Architecture, readsRows: boolean): DecoderInputs {
  const half = architecture.headSize / 2;
  const table = (name: string): Value => addInput(graph, name, { dataType: 'float32', shape: ['P', half] });
  return {
    tokens: addInput(graph, 'tokens', { dataType: 'int64', shape: ['B', 'T'] }),
    isVisible: addInput(graph, 'isVisible', { dataType: 'bool', shape: ['B', 'T', 'T'] }),
    rotary: {
      positions: addInput(graph, 'positions', { dataType: 'int64', shape: ['B', 'T'] }),
      cosine: table('cosine'),
      sine: table('sine'),
      negativeSine: table('negativeSine'),
    },
    rows: readsRows ? addInput(graph, 'rows', { dataType: 'int64', shape: ['B', 'A'] }) : undefined,
  };
}

/** What a layer needs besides the stream. */
type LayerContext = {
  readonly architecture: Architecture;
  readonly weights: DecoderWeights;
  /** [B, 1, 1, T, T], or of the read rows only [B, 1, 1, A, T]. */
  readonly mask: Value;
  readonly rotary: RotaryTables;
};

/** y = x·Wᵀ (+ bias) (+ scale·x·Aᵀ·Bᵀ); x [N, in] → [N, out]. */
function project(
  graph: Graph,
  x: Value,
  place: { layer: number; projection: Projection },
  context: LayerContext,
): Value {
  const { weights, architecture } = context;
  const path = projectionPath(place.layer, place.projection);
  const isBiased = architecture.hasBiases && ['q_proj', 'k_proj', 'v_proj'].includes(place.projection);
  const y = gemm(graph, x, weights.weight(`${path}.weight`), {
    transB: true,
    c: isBiased ? weights.weight(`${path}.bias`) : undefined,
  });
  const pair = weights.adapter?.(path);
  if (!pair) return y;
  const seen = pair.dropout ? multiply(graph, x, pair.dropout) : x;
  const reduced = gemm(graph, seen, pair.a, { transB: true });
  return gemm(graph, reduced, pair.b, { transB: true, alpha: pair.scale, c: y });
}

/** One layer: x [N, C] → [N, C], or [B·A, C] at `rows`. */
function layerOutput(graph: Graph, x: Value, layer: number, context: LayerContext, reading?: Reading): Value {
  const { architecture, weights } = context;
  const { heads, keyValueHeads, headSize, epsilon } = architecture;
  const at = (projection: Projection, input: Value): Value => project(graph, input, { layer, projection }, context);
  const normed = rmsNorm(graph, x, weights.weight(`model.layers.${layer}.input_layernorm.weight`), epsilon);
  const asSequences = (value: Value, length: string): Value => reshape(graph, value, ['B', length, value.shape[1]]);

  const k = rotary(graph, asSequences(at('k_proj', normed), 'T'), context.rotary);
  const v = asSequences(at('v_proj', normed), 'T');
  const queryInput = reading ? gatherRows(graph, normed, reading.flatRows) : normed;
  const q = rotary(graph, asSequences(at('q_proj', queryInput), reading ? 'A' : 'T'), {
    ...context.rotary,
    positions: reading?.positions ?? context.rotary.positions,
  });
  const mixed = attention(graph, { q, k, v, mask: reading?.mask ?? context.mask }, { heads, keyValueHeads, headSize });
  const attended = at('o_proj', reshape(graph, mixed, [queryInput.shape[0], heads * headSize]));
  const stream = add(graph, reading ? gatherRows(graph, x, reading.flatRows) : x, attended);

  const middle = rmsNorm(
    graph,
    stream,
    weights.weight(`model.layers.${layer}.post_attention_layernorm.weight`),
    epsilon,
  );
  const gated = swiglu(graph, at('gate_proj', middle), at('up_proj', middle));
  return add(graph, stream, at('down_proj', gated));
}

/** The read rows: as indices [B·A] into the flattened batch, with their positions [B, A] and their rows of the mask. */
type Reading = { readonly flatRows: Value; readonly positions: Value; readonly mask: Value };

function additiveMask(graph: Graph, isVisible: Value): Value {
  const mask = addNode(graph, {
    operator: 'Where',
    inputs: [isVisible, scalar(graph, 0), scalar(graph, -1e9)],
    dataType: 'float32',
    shape: isVisible.shape,
  });
  return addNode(graph, {
    operator: 'Unsqueeze',
    inputs: [mask, integers(graph, [1, 2])],
    shape: [mask.shape[0], 1, 1, ...mask.shape.slice(1)],
  });
}

function readingOf(graph: Graph, inputs: DecoderInputs, rows: Value): Reading {
  const flatRows = { ...emitReshape(graph, rows, ['BA']), shape: ['BA'] };
  const take = (x: Value, shape: Value['shape']): Value =>
    addNode(graph, { operator: 'Gather', inputs: [x, rows], dataType: x.dataType, shape });
  const flatPositions = emitReshape(graph, inputs.rotary.positions, ['N']);
  // [B, T, T] → [N, T] → the read rows [B, A, T]
  const flatVisible = addNode(graph, {
    operator: 'Flatten',
    inputs: [inputs.isVisible],
    attributes: { axis: { kind: 'int', value: 2 } },
    shape: ['N', 'T'],
  });
  return {
    flatRows,
    positions: take(flatPositions, ['B', 'A']),
    mask: additiveMask(graph, take(flatVisible, ['B', 'A', 'T'])),
  };
}

/** Normed states [B·A, C] at the read rows, or [N, C] at all, and the head [V, C] that turns them into logits. */
export function decoderStates(
  graph: Graph,
  architecture: Architecture,
  inputs: DecoderInputs,
  weights: DecoderWeights,
): { readonly states: Value; readonly head: Value } {
  const flatTokens = emitReshape(graph, inputs.tokens, ['N']);
  const embedding = weights.weight('model.embed_tokens.weight');
  const reading = inputs.rows ? readingOf(graph, inputs, inputs.rows) : undefined;
  const context: LayerContext = {
    architecture,
    weights,
    mask: additiveMask(graph, inputs.isVisible),
    rotary: inputs.rotary,
  };
  let stream = gatherRows(graph, embedding, flatTokens);
  const last = architecture.layers - 1;
  for (let layer = 0; layer < last; layer++) {
    const build = (x: Value): Value => layerOutput(graph, x, layer, context);
    stream = weights.isCheckpointed ? checkpointed(graph, stream, build) : build(stream);
  }
  stream = layerOutput(graph, stream, last, context, reading);
  return {
    states: rmsNorm(graph, stream, weights.weight('model.norm.weight'), architecture.epsilon),
    head: architecture.isTied ? embedding : weights.weight('lm_head.weight'),
  };
}
