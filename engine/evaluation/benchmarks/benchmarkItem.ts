/** Benchmark items: one question each, as a transformer is asked it, with what the right answer is. */

/** Asked after the prompt, behind an opening bracket; `prefill` is what the transformer is made to have said before it. */
type Asked = {
  /** Unique in the file. */
  readonly id: string;
  readonly prompt: string;
  readonly prefill: string;
  /** What the file groups items by, such as a subject; null where it does not. */
  readonly group: string | null;
};

/** One right option among `labels`, which are what is read between the brackets; `gold` is its index. `ceiling` is the exact Bayes predictive, where there is one. */
export type ChoiceItem = Asked & {
  readonly kind: 'choice';
  readonly labels: readonly string[];
  readonly gold: number;
  readonly ceiling: readonly number[] | null;
};

/** A number on 0–100: its distribution `bins` [101] and their mean. */
export type EstimateItem = Asked & {
  readonly kind: 'estimate';
  readonly bins: readonly number[];
  readonly mean: number;
};

export type BenchmarkItem = ChoiceItem | EstimateItem;

/** The texts a transformer's answers are read over: capital letters, or the integers 0–100. */
export const ALPHABETS = {
  letters: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  integers: Array.from({ length: 101 }, (_, i) => String(i)),
} as const;
export type Alphabet = keyof typeof ALPHABETS;

/** The alphabet an item's labels are of. */
export const alphabetOf = (item: BenchmarkItem): Alphabet =>
  item.kind === 'choice' && /^[A-Z]$/.test(item.labels[0]) ? 'letters' : 'integers';
