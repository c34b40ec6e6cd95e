/**
 * Matrix product Y = α·op(A)·op(B) + C with op = transposition or nothing. Backward: each gradient is again such a product, and what an
 * earlier use left in the gradient goes in as its C, so that sums over several uses cost no pass of their own.
 */
import { addNode, type Graph, recordBackward, type Value } from '../graph.ts';
import { sumRows } from './elementwise.ts';
import { widened } from './widen.ts';

export type GemmOptions = {
  readonly transA?: boolean;
  readonly transB?: boolean;
  readonly alpha?: number;
  /** Added to the product: [N] (a bias) or [M, N]. */
  readonly c?: Value;
};

function emit(graph: Graph, a: Value, b: Value, { transA = false, transB = false, alpha = 1, c }: GemmOptions): Value {
  return addNode(graph, {
    operator: 'Gemm',
    inputs: c ? [widened(graph, a), widened(graph, b), widened(graph, c)] : [widened(graph, a), widened(graph, b)],
    dataType: 'float32',
    attributes: {
      transA: { kind: 'int', value: Number(transA) },
      transB: { kind: 'int', value: Number(transB) },
      alpha: { kind: 'float', value: alpha },
    },
    shape: [a.shape[transA ? 1 : 0], b.shape[transB ? 0 : 1]],
  });
}

/** Y [M, N] of matrices A and B, either of which may be a narrow weight. */
export function gemm(graph: Graph, a: Value, b: Value, options: GemmOptions = {}): Value {
  const { transA = false, transB = false, alpha = 1, c } = options;
  const output = emit(graph, a, b, options);
  recordBackward(graph, [a, b, c], {
    output,
    backward: (dY, sink) => {
      // Y = A'B' gives dA' = dY·B'ᵀ and dB' = A'ᵀ·dY; where A or B was transposed, so is its gradient.
      sink.add(a, (previous) =>
        transA
          ? emit(graph, b, dY, { transA: transB, transB: true, alpha, c: previous })
          : emit(graph, dY, b, { transB: !transB, alpha, c: previous }),
      );
      sink.add(b, (previous) =>
        transB
          ? emit(graph, dY, a, { transA: true, transB: transA, alpha, c: previous })
          : emit(graph, a, dY, { transA: !transA, alpha, c: previous }),
      );
      if (c) sink.add(c, (previous) => addTo(graph, previous, c.shape.length === 1 ? sumRows(graph, dY) : dY));
    },
  });
  return output;
}

function addTo(graph: Graph, previous: Value | undefined, value: Value): Value {
  return previous ? addNode(graph, { operator: 'Add', inputs: [previous, value], shape: value.shape }) : value;
}
