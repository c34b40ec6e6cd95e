/** The graphs that training and answering run: a decoder, the answers' log-probabilities and, for training, loss and gradients. */
import { InternalError } from '../../shared/errors.ts';
import type { TrainConfig } from '../../shared/training.ts';
import type { AnswerTrie } from '../transformer/answerTrie.ts';
import { type Architecture, weightShapes } from '../transformer/architecture.ts';
import { declareDecoderInputs, decoderStates } from '../transformer/decoder.ts';
import { declareFrozen, type FrozenWeights } from '../transformer/frozenWeights.ts';
import { differentiate } from '../transformer/graph/differentiate.ts';
import { addInput, addOutput, createGraph, type Graph, type Value } from '../transformer/graph/graph.ts';
import { encodeGraph } from '../transformer/graph/onnx.ts';
import { declareDropout } from './dropout.ts';
import { type AdapterSpec, adapterLayout, declareAdapter } from './lora.ts';
import { answerLogProbs, answerLoss, type ReadStates } from './loss.ts';

/** Output names of the gradients: `gradient/` and the parameter's name. */
export const gradientName = (parameter: string): string => `gradient/${parameter}`;

/** Declares every weight as a float32 graph input, to be fed with each run. */
export function declareWeights(
  graph: Graph,
  architecture: Architecture,
  isTrainable: boolean,
): (name: string) => Value {
  const values = new Map<string, Value>();
  for (const [name, shape] of weightShapes(architecture))
    values.set(name, addInput(graph, name, { dataType: 'float32', shape, isTrainable }));
  return (name) => values.get(name) ?? missing(name);
}

function missing(name: string): never {
  throw new InternalError(`no weight "${name}"`);
}

/** An adapter in the graph: frozen for answers; for training, with dropout where there is some. */
export type AdapterUse = { readonly spec: AdapterSpec; readonly isTrainable: boolean; readonly hasDropout: boolean };

/** Where base weights come from (fed where `stored` lacks them), and whether the backward pass computes activations again. */
export type GraphOptions = Partial<Pick<FrozenWeights, 'stored'>> & { readonly isCheckpointed?: boolean };

/** Inputs, weights and adapter declared: what the answers' read-out begins with. */
export function declareAdapted(
  graph: Graph,
  architecture: Architecture,
  use: AdapterUse | null,
  { stored = new Map(), isCheckpointed }: GraphOptions,
): ReadStates {
  const inputs = declareDecoderInputs(graph, architecture, true);
  const weight = declareFrozen(graph, architecture, { stored });
  if (!use) return decoderStates(graph, architecture, inputs, { weight });
  const { spec, isTrainable, hasDropout } = use;
  const dropout = hasDropout ? declareDropout(graph, architecture, spec) : undefined;
  const adapter = declareAdapter(graph, adapterLayout(architecture, spec), spec, { isTrainable, dropout });
  return decoderStates(graph, architecture, inputs, { weight, adapter, isCheckpointed });
}

/** Answers only: output `logProbs` [Q, 101], log-probabilities in nats over the full vocabulary. */
export function buildAnswerGraph(
  architecture: Architecture,
  trie: AnswerTrie,
  spec: AdapterSpec | null,
  options: Pick<GraphOptions, 'stored'> = {},
): Uint8Array {
  const graph = createGraph();
  const use = spec && { spec, isTrainable: false, hasDropout: false };
  addOutput(graph, 'logProbs', answerLogProbs(graph, declareAdapted(graph, architecture, use, options), trie));
  return encodeGraph(graph);
}

/** Loss and gradients of the adapter: outputs `loss` and `gradient/<name>` of each adapter tensor. With `hasDropout` masks are fed. */
export function buildTrainingGraph(
  architecture: Architecture,
  trie: AnswerTrie,
  spec: AdapterSpec,
  options: GraphOptions & { readonly loss: TrainConfig['loss']; readonly hasDropout?: boolean },
): Uint8Array {
  const graph = createGraph();
  const use = { spec, isTrainable: true, hasDropout: options.hasDropout ?? false };
  const loss = answerLoss(graph, declareAdapted(graph, architecture, use, options), trie, options.loss);
  const parameters = adapterLayout(architecture, spec).names.map(
    (name) => graph.inputs.find((input) => input.name === name) ?? missing(name),
  );
  const gradients = differentiate(graph, loss, parameters);
  addOutput(graph, 'loss', loss);
  gradients.forEach((gradient, i) => {
    addOutput(graph, gradientName(parameters[i].name), { ...gradient, shape: parameters[i].shape });
  });
  return encodeGraph(graph);
}
