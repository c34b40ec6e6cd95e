/**
 * Root-mean-square normalisation: y = w·x̂ with x̂ = x / √(mean(x²) + ε).
 * Backward, with g = w·dY and r = 1 / √(mean(x²) + ε): dX = r·(g − x̂·mean(g·x̂)), dW = Σ_rows dY·x̂.
 * **Source:** B. Zhang, R. Sennrich, Root Mean Square Layer Normalization (2019).
 */
import { addNode, type Graph, integers, recordBackward, scalar, type Value } from '../graph.ts';
import { accumulate, emitElementwise, sumRows } from './elementwise.ts';
import { widened } from './widen.ts';

const meanLast = (graph: Graph, x: Value): Value =>
  addNode(graph, {
    operator: 'ReduceMean',
    inputs: [x, integers(graph, [-1])],
    attributes: { keepdims: { kind: 'int', value: 1 } },
    shape: [...x.shape.slice(0, -1), 1],
  });

/** r [N, 1]. Computed here, since the WebGPU provider leaves the operator's own second output unwritten. */
function inverseRoot(graph: Graph, x: Value, epsilon: number): Value {
  const meanSquare = meanLast(graph, emitElementwise(graph, 'Mul', x, x));
  const root = emitElementwise(graph, 'Sqrt', emitElementwise(graph, 'Add', meanSquare, scalar(graph, epsilon)));
  return emitElementwise(graph, 'Reciprocal', root);
}

/** y [N, C] of x [N, C] and weight w [C]. */
export function rmsNorm(graph: Graph, x: Value, w: Value, epsilon: number): Value {
  // onnxruntime's own operator: one pass.
  const output = addNode(graph, {
    operator: 'SimplifiedLayerNormalization',
    inputs: [x, widened(graph, w)],
    attributes: {
      axis: { kind: 'int', value: -1 },
      epsilon: { kind: 'float', value: epsilon },
      stash_type: { kind: 'int', value: 1 },
    },
    shape: x.shape,
  });
  recordBackward(graph, [x, w], {
    output,
    backward: (dY, sink) => {
      const r = inverseRoot(graph, x, epsilon);
      const xHat = emitElementwise(graph, 'Mul', x, r);
      accumulate(graph, sink, w, () => sumRows(graph, emitElementwise(graph, 'Mul', dY, xHat)));
      accumulate(graph, sink, x, () => {
        const g = emitElementwise(graph, 'Mul', dY, widened(graph, w));
        const projection = meanLast(graph, emitElementwise(graph, 'Mul', g, xHat));
        const tangent = emitElementwise(graph, 'Sub', g, emitElementwise(graph, 'Mul', xHat, projection));
        return emitElementwise(graph, 'Mul', tangent, r);
      });
    },
  });
  return output;
}
