/**
 * The 101 answers as a token trie. Where each answer is one token (Llama) the trie is flat: log P(i) is one step's log-probability. Where
 * answers are digit strings (Qwen) they close with `>`, and log P(i) = Σ_digits log p(digit | prefix) + log p(> | answer), exact and the
 * same for every answer's length: nothing is read off the gold answer.
 * **Source:** ppt §7.3 E1, T1.
 */
import { UserError } from '../../shared/errors.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';

/** A digit reached: its token and the node it follows (0 is the root, the opening bracket). */
export type TrieNode = { readonly token: number; readonly parent: number };

export type AnswerTrie = {
  readonly isFlat: boolean;
  /** Nodes after the root; node k + 1 of the trie is `nodes[k]`. Empty when flat. */
  readonly nodes: readonly TrieNode[];
  /** Tokens whose probability is read at each node, K of them: the 101 answers, or digits and `>`. */
  readonly columns: readonly number[];
  /** Of each answer the steps it takes, as indices node·K + column. */
  readonly steps: readonly (readonly number[])[];
};

/** Rows read per query: the root and, where not flat, every node. */
export const rowsPerQuery = (trie: AnswerTrie): number => trie.nodes.length + 1;

/**
 * The trie of the tokens of `textIds`, each text's tokens between the brackets, and `closeId`, the token `>`. `name` says in refusals what
 * the texts are. Throws UserError when two texts have the same tokens or one is empty.
 */
export function buildTextTrie(textIds: readonly (readonly number[])[], closeId: number, name: string): AnswerTrie {
  if (textIds.some((ids) => ids.length === 0))
    throw new UserError(`tokenizer: every ${name} must have at least one token`);
  if (new Set(textIds.map((ids) => ids.join(' '))).size !== textIds.length)
    throw new UserError(`tokenizer: two of the ${name}s have the same tokens`);
  if (textIds.every((ids) => ids.length === 1))
    return {
      isFlat: true,
      nodes: [],
      columns: textIds.map(([id]) => id),
      steps: textIds.map((_, i) => [i]),
    };
  const columns = [...new Set(textIds.flat())].sort((a, b) => a - b);
  columns.push(closeId);
  const K = columns.length;
  const nodes: TrieNode[] = [];
  const known = new Map<string, number>();
  const visit = (parent: number, token: number): number => {
    const key = `${parent} ${token}`;
    const node = known.get(key) ?? nodes.push({ token, parent });
    known.set(key, node);
    return node;
  };
  const steps = textIds.map((ids) => {
    let node = 0;
    const taken: number[] = [];
    for (const id of ids) {
      taken.push(node * K + columns.indexOf(id));
      node = visit(node, id);
    }
    return [...taken, node * K + K - 1];
  });
  return { isFlat: false, nodes, columns, steps };
}

/** The trie of the answers, `answerIds` [101]. Throws UserError when two answers have the same tokens or one is empty. */
export function buildAnswerTrie(answerIds: readonly (readonly number[])[], closeId: number): AnswerTrie {
  if (answerIds.length !== ANSWER_COUNT)
    throw new UserError('tokenizer: every integer 0–100 must have at least one token');
  return buildTextTrie(answerIds, closeId, 'integer');
}

/** The steps as a 0/1 matrix [texts, rows·K]: log-probabilities of texts are its product with those of steps. */
export function stepMatrix(trie: AnswerTrie): Float32Array {
  const width = rowsPerQuery(trie) * trie.columns.length;
  const matrix = new Float32Array(trie.steps.length * width);
  trie.steps.forEach((steps, answer) => {
    for (const step of steps) matrix[answer * width + step] = 1;
  });
  return matrix;
}
