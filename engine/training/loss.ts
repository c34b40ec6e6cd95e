/**
 * Losses on the 101 answers. With target t and log-probabilities l of the answers over the full vocabulary: `full` = −Σ t·l, `renormalised` =
 * −Σ t·(l − logsumexp l). The mean target is the same with all of t on one answer, so there is one code path.
 * **Source:** ppt §4.3 (both losses), §7.3 T1 (exact trie).
 */

import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { TrainConfig } from '../../shared/training.ts';
import { type AnswerTrie, rowsPerQuery, stepMatrix } from '../transformer/answerTrie.ts';
import { addInput, floats, type Graph, integers, type Value } from '../transformer/graph/graph.ts';
import { emitElementwise } from '../transformer/graph/operators/elementwise.ts';
import { gatherColumns, gatherRows } from '../transformer/graph/operators/gather.ts';
import { gemm } from '../transformer/graph/operators/gemm.ts';
import { reshape } from '../transformer/graph/operators/shape.ts';
import { logSumExp, subtractColumn, weightedSum } from '../transformer/graph/operators/softmax.ts';

/** States [Q·R, C] at the read rows, R rows per query, and the head [V, C]. */
export type ReadStates = { readonly states: Value; readonly head: Value };

/** Log-probabilities of the trie's texts over the full vocabulary, [Q, texts] (the 101 answers, mostly), in nats. */
export function answerLogProbs(graph: Graph, { states, head }: ReadStates, trie: AnswerTrie): Value {
  const logits = gemm(graph, states, head, { transB: true });
  const columns = integers(graph, trie.columns);
  const steps = subtractColumn(graph, gatherColumns(graph, logits, columns), logSumExp(graph, logits));
  if (trie.isFlat) return steps;
  const width = rowsPerQuery(trie) * trie.columns.length;
  // [Q·R, K] → [Q, R·K]
  const perQuery = reshape(graph, steps, ['Q', width]);
  return gemm(graph, perQuery, floats(graph, stepMatrix(trie), [trie.steps.length, width]), { transB: true });
}

/** Log-probabilities renormalised over the 101 answers, [Q, 101]. On a flat trie only the answers' rows of the head are computed. */
function renormalisedLogProbs(graph: Graph, read: ReadStates, trie: AnswerTrie): Value {
  const scores = trie.isFlat
    ? gemm(graph, read.states, gatherRows(graph, read.head, integers(graph, trie.columns)), { transB: true })
    : answerLogProbs(graph, read, trie);
  return subtractColumn(graph, scores, logSumExp(graph, scores));
}

/**
 * The loss, a scalar in nats: Σ over queries of weight · cross-entropy. Declares the graph inputs `targets` [Q, 101] (rows sum to 1) and
 * `queryWeights` [Q, 1] (0 for padding; they sum to 1 for a mean).
 */
export function answerLoss(graph: Graph, read: ReadStates, trie: AnswerTrie, loss: TrainConfig['loss']): Value {
  const targets = addInput(graph, 'targets', { dataType: 'float32', shape: ['Q', ANSWER_COUNT] });
  const weights = addInput(graph, 'queryWeights', { dataType: 'float32', shape: ['Q', 1] });
  const logProbs = loss === 'full' ? answerLogProbs(graph, read, trie) : renormalisedLogProbs(graph, read, trie);
  return weightedSum(graph, logProbs, negativeProduct(graph, targets, weights));
}

function negativeProduct(graph: Graph, targets: Value, weights: Value): Value {
  const weighted = emitElementwise(graph, 'Mul', targets, weights);
  return emitElementwise(graph, 'Neg', weighted);
}
