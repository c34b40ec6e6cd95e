/** Every operator with small shapes, for checks of its gradients. */
import { integers } from '../../../engine/transformer/graph/graph.ts';
import { attention } from '../../../engine/transformer/graph/operators/attention.ts';
import { crossEntropy } from '../../../engine/transformer/graph/operators/crossEntropy.ts';
import { add, multiply } from '../../../engine/transformer/graph/operators/elementwise.ts';
import { gatherColumns, gatherRows } from '../../../engine/transformer/graph/operators/gather.ts';
import { gemm } from '../../../engine/transformer/graph/operators/gemm.ts';
import { rmsNorm } from '../../../engine/transformer/graph/operators/rmsNorm.ts';
import { rotary } from '../../../engine/transformer/graph/operators/rotary.ts';
import { reshape } from '../../../engine/transformer/graph/operators/shape.ts';
import { logSumExp, subtractColumn } from '../../../engine/transformer/graph/operators/softmax.ts';
import { swiglu } from '../../../engine/transformer/graph/operators/swiglu.ts';
import type { OperatorCase } from './finiteDifference.ts';

const angles = (sign: number, f: (x: number) => number): Float32Array =>
  Float32Array.from({ length: 8 * 2 }, (_, i) => sign * f((i >> 1) / (1 + (i % 2) * 9)));
const float = (shape: number[], data: Float32Array) => ({ dataType: 'float32' as const, shape, data });

/** By what the operator does. */
export const OPERATOR_CASES: Readonly<Record<string, OperatorCase>> = {
  'gemm A·B': {
    shapes: { a: [3, 4], b: [4, 2] },
    outputShape: [3, 2],
    build: (graph, { a, b }) => gemm(graph, a, b),
  },
  'gemm A·Bᵀ with bias and alpha': {
    shapes: { a: [3, 4], b: [2, 4], c: [2] },
    outputShape: [3, 2],
    build: (graph, { a, b, c }) => gemm(graph, a, b, { transB: true, alpha: 0.5, c }),
  },
  'gemm Aᵀ·B onto a matrix': {
    shapes: { a: [4, 3], b: [4, 2], c: [3, 2] },
    outputShape: [3, 2],
    build: (graph, { a, b, c }) => gemm(graph, a, b, { transA: true, c }),
  },
  'gemm Aᵀ·Bᵀ': {
    shapes: { a: [4, 3], b: [2, 4] },
    outputShape: [3, 2],
    build: (graph, { a, b }) => gemm(graph, a, b, { transA: true, transB: true }),
  },
  'several uses of one value': {
    shapes: { x: [3, 3], w: [3, 3] },
    outputShape: [3, 3],
    build: (graph, { x, w }) =>
      gemm(graph, gemm(graph, x, w), gemm(graph, x, w, { transB: true, c: x }), { transA: true }),
  },
  add: { shapes: { x: [2, 3], y: [2, 3] }, outputShape: [2, 3], build: (graph, { x, y }) => add(graph, x, y) },
  multiply: {
    shapes: { x: [2, 3], y: [2, 3] },
    outputShape: [2, 3],
    build: (graph, { x, y }) => multiply(graph, x, y),
  },
  swiglu: { shapes: { g: [2, 5], u: [2, 5] }, outputShape: [2, 5], build: (graph, { g, u }) => swiglu(graph, g, u) },
  rmsNorm: {
    shapes: { x: [3, 6], w: [6] },
    outputShape: [3, 6],
    build: (graph, { x, w }) => rmsNorm(graph, x, w, 1e-5),
  },
  reshape: { shapes: { x: [2, 6] }, outputShape: [3, 4], build: (graph, { x }) => reshape(graph, x, [3, 4]) },
  rotary: {
    shapes: { x: [1, 3, 8] },
    data: {
      positions: { dataType: 'int64', shape: [1, 3], data: BigInt64Array.of(0n, 5n, 2n) },
      cosine: float([8, 2], angles(1, Math.cos)),
      sine: float([8, 2], angles(1, Math.sin)),
      negativeSine: float([8, 2], angles(-1, Math.sin)),
    },
    outputShape: [1, 3, 8],
    build: (graph, { x, cosine, sine, negativeSine, positions }) =>
      rotary(graph, x, { cosine, sine, negativeSine, positions }),
  },
  'attention with grouped heads and a mask': {
    shapes: { q: [2, 3, 16], k: [2, 3, 8], v: [2, 3, 8] },
    data: {
      mask: float(
        [2, 1, 1, 3, 3],
        Float32Array.from({ length: 18 }, (_, i) => (i % 3 > Math.floor((i % 9) / 3) ? -1e9 : 0)),
      ),
    },
    outputShape: [2, 3, 16],
    build: (graph, { q, k, v, mask }) =>
      attention(graph, { q, k, v, mask }, { heads: 4, keyValueHeads: 2, headSize: 4 }),
  },
  'rows by index, one taken twice': {
    shapes: { x: [4, 3] },
    outputShape: [3, 3],
    build: (graph, { x }) => gatherRows(graph, x, integers(graph, [2, 0, 2])),
  },
  'columns by index': {
    shapes: { x: [3, 5] },
    outputShape: [3, 2],
    build: (graph, { x }) => gatherColumns(graph, x, integers(graph, [4, 1])),
  },
  'cross-entropy, one row without weight': {
    shapes: { logits: [3, 4] },
    data: {
      targets: { dataType: 'int64', shape: [3], data: BigInt64Array.of(2n, 0n, 3n) },
      weights: float([3, 1], Float32Array.of(0.5, 2, 0)),
    },
    outputShape: [],
    build: (graph, { logits, targets, weights }) => crossEntropy(graph, logits, targets, weights),
  },
  logSumExp: { shapes: { x: [3, 4] }, outputShape: [3, 1], build: (graph, { x }) => logSumExp(graph, x) },
  'log-softmax': {
    shapes: { x: [3, 4] },
    outputShape: [3, 4],
    build: (graph, { x }) => subtractColumn(graph, x, logSumExp(graph, x)),
  },
};
