/**
 * Log of the sum of exponentials and differences from it, over the last axis: what losses over log-probabilities are made of.
 * d logsumexp(x) / dx = softmax(x) = exp(x − logsumexp(x)).
 */
import { addNode, type Graph, integers, recordBackward, type Value } from '../graph.ts';
import { accumulate, emitElementwise, sumLast } from './elementwise.ts';

/** logsumexp over the last axis: [.., N] → [.., 1]. */
export function logSumExp(graph: Graph, x: Value): Value {
  const output = addNode(graph, {
    operator: 'ReduceLogSumExp',
    inputs: [x, integers(graph, [-1])],
    attributes: { keepdims: { kind: 'int', value: 1 } },
    shape: [...x.shape.slice(0, -1), 1],
  });
  recordBackward(graph, [x], {
    output,
    backward: (dY, sink) =>
      accumulate(graph, sink, x, () =>
        emitElementwise(graph, 'Mul', emitElementwise(graph, 'Exp', emitElementwise(graph, 'Sub', x, output)), dY),
      ),
  });
  return output;
}

/** x [.., N] minus y [.., 1]. */
export function subtractColumn(graph: Graph, x: Value, y: Value): Value {
  const output = emitElementwise(graph, 'Sub', x, y);
  recordBackward(graph, [x, y], {
    output,
    backward: (dOut, sink) => {
      accumulate(graph, sink, x, () => dOut);
      accumulate(graph, sink, y, () => emitElementwise(graph, 'Neg', sumLast(graph, dOut)));
    },
  });
  return output;
}

/** Σ weights·x, a scalar; `weights` has x's shape, or broadcasts onto it, and no gradient. */
export function weightedSum(graph: Graph, x: Value, weights: Value): Value {
  const weighted = emitElementwise(graph, 'Mul', x, weights);
  const output = addNode(graph, {
    operator: 'ReduceSum',
    inputs: [weighted],
    attributes: { keepdims: { kind: 'int', value: 0 } },
    shape: [],
  });
  recordBackward(graph, [x], {
    output,
    backward: (dY, sink) =>
      accumulate(graph, sink, x, () => {
        const spread = emitElementwise(graph, 'Mul', weights, dY);
        return weights.shape.length === x.shape.length && weights.shape.every((size, i) => size === x.shape[i])
          ? spread
          : addNode(graph, {
              operator: 'Expand',
              inputs: [
                spread,
                addNode(graph, { operator: 'Shape', inputs: [x], dataType: 'int64', shape: [x.shape.length] }),
              ],
              shape: x.shape,
            });
      }),
  });
  return output;
}
