/**
 * SwiGLU's gate: h = silu(g)·u with silu(g) = g·σ(g).
 * Backward: dU = dH·silu(g), dG = dH·u·(σ + silu·(1 − σ)).
 * **Source:** N. Shazeer, GLU Variants Improve Transformer (2020).
 */
import { type Graph, recordBackward, scalar, type Value } from '../graph.ts';
import { accumulate, emitElementwise } from './elementwise.ts';

/** h of gate g and value u, all of one shape. */
export function swiglu(graph: Graph, g: Value, u: Value): Value {
  const sigmoid = emitElementwise(graph, 'Sigmoid', g);
  const silu = emitElementwise(graph, 'Mul', g, sigmoid);
  const output = emitElementwise(graph, 'Mul', silu, u);
  recordBackward(graph, [g, u], {
    output,
    backward: (dH, sink) => {
      accumulate(graph, sink, u, () => emitElementwise(graph, 'Mul', dH, silu));
      accumulate(graph, sink, g, () => {
        const rest = { ...emitElementwise(graph, 'Sub', scalar(graph, 1), sigmoid), shape: g.shape };
        const slope = emitElementwise(graph, 'Add', emitElementwise(graph, 'Mul', silu, rest), sigmoid);
        return emitElementwise(graph, 'Mul', emitElementwise(graph, 'Mul', dH, u), slope);
      });
    },
  });
  return output;
}
