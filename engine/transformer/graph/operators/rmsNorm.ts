/**
 * Root-mean-square normalisation: y = w·x̂ with x̂ = x / √(mean(x²) + ε).
 * Backward, with g = w·dY and r = 1 / √(mean(x²) + ε): dX = r·(g − x̂·mean(g·x̂)), dW = Σ_rows dY·x̂.
 * **Source:** B. Zhang, R. Sennrich, Root Mean Square Layer Normalization (2019).
 */
import { addNode, addNodes, type Graph, integers, recordBackward, type Value } from '../graph.ts';
import { accumulate, emitElementwise, sumRows } from './elementwise.ts';

const meanLast = (graph: Graph, x: Value): Value =>
  addNode(graph, {
    operator: 'ReduceMean',
    inputs: [x, integers(graph, [-1])],
    attributes: { keepdims: { kind: 'int', value: 1 } },
    shape: [...x.shape.slice(0, -1), 1],
  });

/** y [N, C] of x [N, C] and weight w [C]. */
export function rmsNorm(graph: Graph, x: Value, w: Value, epsilon: number): Value {
  // onnxruntime's own operator: one pass, and it hands out r [N, 1] for the backward.
  const [output, r] = addNodes(
    graph,
    {
      operator: 'SimplifiedLayerNormalization',
      inputs: [x, w],
      attributes: {
        axis: { kind: 'int', value: -1 },
        epsilon: { kind: 'float', value: epsilon },
        stash_type: { kind: 'int', value: 1 },
      },
    },
    [x.shape, [...x.shape.slice(0, -1), 1]],
  );
  recordBackward(graph, [x, w], {
    output,
    backward: (dY, sink) => {
      const xHat = emitElementwise(graph, 'Mul', x, r);
      accumulate(graph, sink, w, () => sumRows(graph, emitElementwise(graph, 'Mul', dY, xHat)));
      accumulate(graph, sink, x, () => {
        const g = emitElementwise(graph, 'Mul', dY, w);
        const projection = meanLast(graph, emitElementwise(graph, 'Mul', g, xHat));
        const tangent = emitElementwise(graph, 'Sub', g, emitElementwise(graph, 'Mul', xHat, projection));
        return emitElementwise(graph, 'Mul', tangent, r);
      });
    },
  });
  return output;
}
