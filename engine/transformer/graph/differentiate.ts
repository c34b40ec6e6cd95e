/** Reverse-mode differentiation: walks the tape backwards and appends, to the same graph, the nodes that compute gradients. */
import { InternalError } from '../../../shared/errors.ts';
import { floats, type GradientSink, type Graph, type TapeEntry, type Value } from './graph.ts';

/**
 * d `loss` / d each of `parameters`, in their order; `loss` is a scalar. Every parameter must have been declared trainable and be used.
 * Throws InternalError where the loss does not depend on a parameter.
 */
export function differentiate(graph: Graph, loss: Value, parameters: readonly Value[]): Value[] {
  const gradients = new Map<string, Value>([[loss.name, floats(graph, Float32Array.of(1), [])]]);
  walkBackwards(graph, graph.tape.splice(0), gradients);
  return parameters.map((parameter) => {
    const gradient = gradients.get(parameter.name);
    if (!gradient) throw new InternalError(`the loss does not depend on "${parameter.name}"`);
    return gradient;
  });
}

/** Runs `tape` from its end, taking gradients from and leaving them in `gradients` (value name → gradient). */
function walkBackwards(graph: Graph, tape: readonly TapeEntry[], gradients: Map<string, Value>): void {
  const parameters = new Set(graph.inputs.map(({ name }) => name));
  const sink: GradientSink = {
    isWanted: (value) => graph.differentiable.has(value.name),
    add: (value, contribute) => {
      if (!graph.differentiable.has(value.name)) return;
      const previous = gradients.get(value.name);
      const gradient = contribute(previous);
      gradients.set(value.name, gradient);
      if (!parameters.has(value.name)) return;
      // Only the last sum is an end.
      if (previous) graph.trailing.delete(previous.name);
      graph.trailing.add(gradient.name);
    },
    goBack: (piece, output, dOutput) => {
      gradients.set(output.name, dOutput);
      walkBackwards(graph, piece, gradients);
    },
  };
  for (const entry of tape.toReversed()) {
    const dOutput = gradients.get(entry.output.name);
    if (dOutput) entry.backward(dOutput, sink);
  }
}
