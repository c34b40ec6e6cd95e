/** Sums, products and maps element by element, with the plain node builders other operators' gradients are written in. */
import { addNode, type GradientSink, type Graph, integers, recordBackward, type Value } from '../graph.ts';

/** The node `operator`(x, y…) of x's shape; no gradient: for use inside backward functions and on data. */
export const emitElementwise = (graph: Graph, operator: string, ...inputs: readonly Value[]): Value =>
  addNode(graph, { operator, inputs, shape: inputs[0].shape });

/** Adds `contribution` to what `value` already has. */
export const accumulate = (graph: Graph, sink: GradientSink, value: Value, contribution: () => Value): void =>
  sink.add(value, (previous) => {
    const term = contribution();
    return previous ? emitElementwise(graph, 'Add', previous, term) : term;
  });

/** x + y, of one shape. dX = dY = dOut. */
export function add(graph: Graph, x: Value, y: Value): Value {
  const output = emitElementwise(graph, 'Add', x, y);
  recordBackward(graph, [x, y], {
    output,
    backward: (dOut, sink) => {
      accumulate(graph, sink, x, () => dOut);
      accumulate(graph, sink, y, () => dOut);
    },
  });
  return output;
}

/** x · y; y of x's shape, or broadcast onto it and then without gradient. */
export function multiply(graph: Graph, x: Value, y: Value): Value {
  const output = emitElementwise(graph, 'Mul', x, y);
  recordBackward(graph, [x, y], {
    output,
    backward: (dOut, sink) => {
      accumulate(graph, sink, x, () => emitElementwise(graph, 'Mul', dOut, y));
      accumulate(graph, sink, y, () => emitElementwise(graph, 'Mul', dOut, x));
    },
  });
  return output;
}

/** Sum over the first axis: [M, N] → [N]; no gradient. */
export const sumRows = (graph: Graph, x: Value): Value =>
  addNode(graph, {
    operator: 'ReduceSum',
    inputs: [x, integers(graph, [0])],
    attributes: { keepdims: { kind: 'int', value: 0 } },
    shape: x.shape.slice(1),
  });

/** Sum over the last axis, kept as size 1: [.., N] → [.., 1]; no gradient. */
export const sumLast = (graph: Graph, x: Value): Value =>
  addNode(graph, {
    operator: 'ReduceSum',
    inputs: [x, integers(graph, [-1])],
    attributes: { keepdims: { kind: 'int', value: 1 } },
    shape: [...x.shape.slice(0, -1), 1],
  });
