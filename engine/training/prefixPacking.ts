/**
 * Prefix packing: the queries of one scenario share its text. The context is one chain of tokens, each question a branch under its end, and,
 * where answers are digit strings, the answer trie a tree under each question's end. Loss and gradients equal those of separate sequences.
 */
import type { AnswerTrie } from '../transformer/answerTrie.ts';
import { appendChain, createTokenTree, type TokenTree } from '../transformer/tokenTree.ts';

/** One scenario's token ids: the shared beginning, and each query's continuation up to and with the opening bracket. */
export type PackedScenario = { readonly prefix: readonly number[]; readonly branches: readonly (readonly number[])[] };

/** The tree that reads every query's answers: `rowsPerQuery(trie)` reads per branch, in order. */
export function queryTree(scenario: PackedScenario, trie: AnswerTrie): TokenTree {
  const tree = createTokenTree();
  const prefixEnd = appendChain(tree, -1, scenario.prefix);
  for (const branch of scenario.branches) {
    const reached = [appendChain(tree, prefixEnd, branch)];
    for (const node of trie.nodes) reached.push(appendChain(tree, reached[node.parent], [node.token]));
    tree.reads.push(...reached);
  }
  return tree;
}

/** Length of the longest beginning that all `sequences` share, at most one less than the shortest, so that no branch is empty. */
export function sharedPrefixLength(sequences: readonly (readonly number[])[]): number {
  const limit = Math.min(...sequences.map((ids) => ids.length)) - 1;
  let length = 0;
  while (length < limit && sequences.every((ids) => ids[length] === sequences[0][length])) length++;
  return length;
}

/** The packed form of sequences that begin alike. */
export function packScenario(sequences: readonly (readonly number[])[]): PackedScenario {
  const length = sharedPrefixLength(sequences);
  return { prefix: sequences[0].slice(0, length), branches: sequences.map((ids) => ids.slice(length)) };
}
