/** Reshape and transpose: no arithmetic, gradients take the way back. */
import { addNode, type Dimension, type Graph, integers, recordBackward, sizeOf, type Value } from '../graph.ts';
import { accumulate } from './elementwise.ts';

/** The shape as an int64 vector the runtime reads: named sizes are read off the inputs, one that no input has is inferred. */
function shapeVector(graph: Graph, shape: readonly Dimension[]): Value {
  const isRead = (size: Dimension): size is string =>
    typeof size === 'string' && graph.inputs.some((input) => input.shape.includes(size));
  if (shape.filter((size) => typeof size === 'string').length <= 1)
    return integers(
      graph,
      shape.map((size) => (typeof size === 'string' ? -1 : size)),
    );
  const key = `shape:${shape}`;
  const known = graph.known.get(key);
  if (known) return known;
  const vector = addNode(graph, {
    operator: 'Concat',
    inputs: shape.map((size) =>
      isRead(size) ? sizeOf(graph, size) : integers(graph, [typeof size === 'string' ? -1 : size]),
    ),
    attributes: { axis: { kind: 'int', value: 0 } },
    dataType: 'int64',
    shape: [shape.length],
  });
  graph.known.set(key, vector);
  return vector;
}

/** `x` under another shape of as many elements; no gradient. */
export const emitReshape = (graph: Graph, x: Value, shape: readonly Dimension[]): Value =>
  addNode(graph, { operator: 'Reshape', inputs: [x, shapeVector(graph, shape)], dataType: x.dataType, shape });

/** `x` with its axes in the order `permutation`; no gradient. */
export const emitTranspose = (graph: Graph, x: Value, permutation: readonly number[]): Value =>
  addNode(graph, {
    operator: 'Transpose',
    inputs: [x],
    attributes: { perm: { kind: 'ints', value: permutation } },
    shape: permutation.map((axis) => x.shape[axis]),
  });

/** `x` under another shape of as many elements. At most one named dimension may be one no graph input has. */
export function reshape(graph: Graph, x: Value, shape: readonly Dimension[]): Value {
  const output = emitReshape(graph, x, shape);
  recordBackward(graph, [x], {
    output,
    backward: (dY, sink) => accumulate(graph, sink, x, () => emitReshape(graph, dY, x.shape)),
  });
  return output;
}
