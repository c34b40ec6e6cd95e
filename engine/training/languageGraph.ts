/** The graph that trains all weights of a decoder on next tokens: weighted cross-entropy at every position, and every weight's gradient. */
import { type Architecture, weightShapes } from '../transformer/architecture.ts';
import { declareDecoderInputs, decoderStates } from '../transformer/decoder.ts';
import { differentiate } from '../transformer/graph/differentiate.ts';
import { addInput, addOutput, createGraph } from '../transformer/graph/graph.ts';
import { encodeGraph } from '../transformer/graph/onnx.ts';
import { crossEntropy } from '../transformer/graph/operators/crossEntropy.ts';
import { gemm } from '../transformer/graph/operators/gemm.ts';
import { declareWeights, gradientName } from './answerGraph.ts';

/**
 * Inputs beside the decoder's: `targets` [N] (the next token of each position) and `targetWeights` [N, 1] (0 where there is none).
 * Outputs `loss`, and with `isTraining` `gradient/<name>` of every weight; without it `logProbs` is not needed and only the loss is run.
 */
export function buildLanguageGraph(architecture: Architecture, isTraining: boolean): Uint8Array {
  const graph = createGraph();
  const inputs = declareDecoderInputs(graph, architecture, false);
  const weight = declareWeights(graph, architecture, isTraining);
  const { states, head } = decoderStates(graph, architecture, inputs, { weight });
  const targets = addInput(graph, 'targets', { dataType: 'int64', shape: ['N'] });
  const targetWeights = addInput(graph, 'targetWeights', { dataType: 'float32', shape: ['N', 1] });
  const loss = crossEntropy(graph, gemm(graph, states, head, { transB: true }), targets, targetWeights);
  if (isTraining) {
    const names = [...weightShapes(architecture).keys()];
    const gradients = differentiate(
      graph,
      loss,
      names.map((name) => weight(name)),
    );
    gradients.forEach((gradient, i) => {
      addOutput(graph, gradientName(names[i]), { ...gradient, shape: weight(names[i]).shape });
    });
  }
  addOutput(graph, 'loss', loss);
  return encodeGraph(graph);
}
