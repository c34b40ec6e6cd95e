/**
 * Activation checkpointing: of a piece of the graph only input and output are kept, and the backward pass computes what lies between again.
 * **Source:** T. Chen et al., Training Deep Nets with Sublinear Memory Cost (2016).
 */
import { addNode, type Graph, recordBackward, type Value } from '../graph.ts';
import { accumulate } from './elementwise.ts';

/**
 * `build`(x), of x's shape; `build` runs twice and must make the same nodes. The second computation waits for the gradient of the first one's output: it reads x through a reshape
 * to that gradient's shape, which costs nothing and keeps the runtime from computing it early and holding it.
 */
export function checkpointed(graph: Graph, x: Value, build: (x: Value) => Value): Value {
  const mark = graph.tape.length;
  const output = build(x);
  graph.tape.length = mark;
  recordBackward(graph, [x, output], {
    output,
    backward: (dOutput, sink) => {
      const again = waitFor(graph, x, dOutput);
      const second = build(again);
      sink.goBack(graph.tape.splice(0), second, dOutput);
    },
  });
  return output;
}

/** `x`, but not before `dOutput`, which has its shape. */
function waitFor(graph: Graph, x: Value, dOutput: Value): Value {
  const shape = addNode(graph, { operator: 'Shape', inputs: [dOutput], dataType: 'int64', shape: [x.shape.length] });
  const again = addNode(graph, { operator: 'Reshape', inputs: [x, shape], shape: x.shape });
  recordBackward(graph, [x], {
    output: again,
    backward: (dAgain, sink) => accumulate(graph, sink, x, () => dAgain),
  });
  return again;
}
