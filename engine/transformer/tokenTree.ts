/**
 * Token trees: sequences that share a beginning, stored once. Each token has a parent; it sees its ancestors and itself, and its position
 * is its depth, so every root-to-leaf path is computed exactly as if it stood alone.
 */
import { InternalError } from '../../shared/errors.ts';
import type { Tensor } from './backend.ts';

/** `parents[i]` is an earlier index or −1; `reads` are the indices whose outputs are wanted. */
export type TokenTree = { readonly ids: number[]; readonly parents: number[]; readonly reads: number[] };

/** An empty tree. */
export const createTokenTree = (): TokenTree => ({ ids: [], parents: [], reads: [] });

/** Appends `ids` as a chain under `parent` and returns the index of its end (`parent` itself for no ids). */
export function appendChain(tree: TokenTree, parent: number, ids: readonly number[]): number {
  let end = parent;
  for (const id of ids) {
    tree.ids.push(id);
    tree.parents.push(end);
    end = tree.ids.length - 1;
  }
  return end;
}

/** The tree of one plain sequence, read at its end. */
export function chainTree(ids: readonly number[]): TokenTree {
  const tree = createTokenTree();
  tree.reads.push(appendChain(tree, -1, ids));
  return tree;
}

/** The tensors of a batch of trees, by graph input name, with its sizes. */
export type PackedBatch = {
  readonly feeds: ReadonlyMap<string, Tensor>;
  /** Rows the rotary tables must have. onnxruntime wants no fewer than T, whatever the positions are. */
  readonly tableLength: number;
  /** Tokens that are not padding. */
  readonly tokens: number;
};

/**
 * `trees` padded to one length T and, with `readsRows`, to one number A of reads (padding reads point at the row's first token).
 * Feeds `tokens`, `positions` [B, T], `isVisible` [B, T, T] and `rows` [B, A] of indices into the flattened batch.
 */
export function packTrees(trees: readonly TokenTree[], readsRows: boolean): PackedBatch {
  if (trees.length === 0 || trees.some((tree) => tree.ids.length === 0))
    throw new InternalError('a batch needs tokens');
  const B = trees.length;
  const T = Math.max(...trees.map((tree) => tree.ids.length));
  const A = Math.max(1, ...trees.map((tree) => tree.reads.length));
  const tokens = new BigInt64Array(B * T);
  const positions = new BigInt64Array(B * T);
  const isVisible = new Uint8Array(B * T * T);
  const rows = new BigInt64Array(B * A).map((_, i) => BigInt(Math.floor(i / A) * T));
  let tableLength = T;
  trees.forEach((tree, b) => {
    for (let t = 0; t < T; t++) {
      const row = (b * T + t) * T;
      isVisible[row + t] = 1;
      if (t >= tree.ids.length) continue;
      tokens[b * T + t] = BigInt(tree.ids[t]);
      const parent = tree.parents[t];
      if (parent < 0) continue;
      const parentRow = (b * T + parent) * T;
      isVisible.copyWithin(row, parentRow, parentRow + parent + 1);
      const position = positions[b * T + parent] + 1n;
      positions[b * T + t] = position;
      tableLength = Math.max(tableLength, Number(position) + 1);
    }
    tree.reads.forEach((read, i) => {
      rows[b * A + i] = BigInt(b * T + read);
    });
  });
  const feeds = new Map<string, Tensor>([
    ['tokens', { dataType: 'int64', shape: [B, T], data: tokens }],
    ['positions', { dataType: 'int64', shape: [B, T], data: positions }],
    ['isVisible', { dataType: 'bool', shape: [B, T, T], data: isVisible }],
  ]);
  if (readsRows) feeds.set('rows', { dataType: 'int64', shape: [B, A], data: rows });
  return { feeds, tableLength, tokens: trees.reduce((sum, tree) => sum + tree.ids.length, 0) };
}
