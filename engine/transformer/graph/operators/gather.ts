/**
 * Rows of a matrix by index. The gradient adds rows back where they came from; it is written as a product with the one-hot matrix of
 * the indices, because scattering with repeated indices has no fixed order of summation on several threads.
 */
import { addNode, floats, type Graph, integers, recordBackward, type Value } from '../graph.ts';
import { widened } from './widen.ts';

/** One-hot rows of `indices` [R] (int64): [R, depth]; no gradient. `depth` is an int64 [1] value. */
export function oneHot(graph: Graph, indices: Value, depth: Value, size: number | string): Value {
  const key = 'one-hot values';
  const values = graph.known.get(key) ?? floats(graph, Float32Array.of(0, 1), [2]);
  graph.known.set(key, values);
  return addNode(graph, {
    operator: 'OneHot',
    inputs: [indices, depth, values],
    dataType: 'float32',
    shape: [...indices.shape, size],
  });
}

/** x [N, C], `indices` [R] → [R, C] in float32; x may be a weight in halves. */
export function gatherRows(graph: Graph, x: Value, indices: Value): Value {
  const rows = addNode(graph, { operator: 'Gather', inputs: [x, indices], shape: [...indices.shape, x.shape[1]] });
  const output = widened(graph, rows);
  recordBackward(graph, [x], {
    output,
    backward: (dY, sink) =>
      sink.add(x, (previous) => {
        const hot = oneHot(graph, indices, rowCount(graph, x), x.shape[0]);
        return addNode(graph, {
          operator: 'Gemm',
          inputs: previous ? [hot, dY, previous] : [hot, dY],
          attributes: { transA: { kind: 'int', value: 1 } },
          shape: x.shape,
        });
      }),
  });
  return output;
}

function rowCount(graph: Graph, x: Value): Value {
  const [rows] = x.shape;
  if (typeof rows === 'number') return integers(graph, [rows]);
  return addNode(graph, {
    operator: 'Shape',
    inputs: [x],
    attributes: { start: { kind: 'int', value: 0 }, end: { kind: 'int', value: 1 } },
    dataType: 'int64',
    shape: [1],
  });
}

/** x [N, V], `columns` [K] (int64, no repeats) → [N, K]. */
export function gatherColumns(graph: Graph, x: Value, columns: Value): Value {
  const output = addNode(graph, {
    operator: 'Gather',
    inputs: [x, columns],
    attributes: { axis: { kind: 'int', value: 1 } },
    shape: [x.shape[0], columns.shape[0]],
  });
  recordBackward(graph, [x], {
    output,
    backward: (dY, sink) =>
      sink.add(x, (previous) =>
        addNode(graph, {
          operator: 'Gemm',
          inputs: [
            dY,
            oneHot(graph, columns, integers(graph, [Number(x.shape[1])]), x.shape[1]),
            ...(previous ? [previous] : []),
          ],
          shape: x.shape,
        }),
      ),
  });
  return output;
}
