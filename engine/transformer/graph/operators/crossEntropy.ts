/**
 * Cross-entropy of one token per row: Σ_n weight_n · (logsumexp(logits_n) − logits_n[target_n]).
 * Backward: d logits_n = weight_n · (softmax(logits_n) − onehot(target_n)).
 */
import { addNode, type Graph, integers, recordBackward, type Value } from '../graph.ts';
import { accumulate, emitElementwise } from './elementwise.ts';
import { oneHot } from './gather.ts';

/** The loss, a scalar, of logits [N, V], targets [N] (int64) and weights [N, 1]. */
export function crossEntropy(graph: Graph, logits: Value, targets: Value, weights: Value): Value {
  const [N, V] = logits.shape;
  const logProbs = addNode(graph, {
    operator: 'LogSoftmax',
    inputs: [logits],
    attributes: { axis: { kind: 'int', value: -1 } },
    shape: logits.shape,
  });
  // [N] → [N, 1]
  const columns = addNode(graph, {
    operator: 'Unsqueeze',
    inputs: [targets, integers(graph, [1])],
    dataType: 'int64',
    shape: [N, 1],
  });
  const picked = addNode(graph, {
    operator: 'GatherElements',
    inputs: [logProbs, columns],
    attributes: { axis: { kind: 'int', value: 1 } },
    shape: [N, 1],
  });
  const output = addNode(graph, {
    operator: 'ReduceSum',
    inputs: [emitElementwise(graph, 'Neg', emitElementwise(graph, 'Mul', picked, weights))],
    attributes: { keepdims: { kind: 'int', value: 0 } },
    shape: [],
  });
  recordBackward(graph, [logits], {
    output,
    backward: (dLoss, sink) =>
      accumulate(graph, sink, logits, () => {
        const hot = oneHot(graph, targets, integers(graph, [Number(V)]), V);
        const excess = emitElementwise(graph, 'Sub', emitElementwise(graph, 'Exp', logProbs), hot);
        return emitElementwise(graph, 'Mul', excess, emitElementwise(graph, 'Mul', weights, dLoss));
      }),
  });
  return output;
}
