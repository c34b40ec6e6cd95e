/**
 * The verbalized baseline: the transformer is asked for a percentage of every option, one after another, each said before the next. What it
 * says is the likeliest of the answers 0–100 where a percentage belongs, so every reply can be read.
 * **Source:** ppt §6.5. Differs: the published code decodes freely and reads the answers only where that fails.
 */
import type { ChoiceItem } from './benchmarkItem.ts';

const REQUEST =
  'Instead of choosing, say how likely each option is to be right, as percentages that sum to 100, in the form <option> <percent>, option by option.';

/** What is asked before option `said.length`'s percentage, given those said so far; the opening bracket follows. */
export const verbalizedPrompt = (item: ChoiceItem, said: readonly number[]): { prompt: string; prefill: string } => ({
  prompt: `${item.prompt}\n\n${REQUEST}`,
  prefill: item.labels
    .slice(0, said.length + 1)
    .map((label, i) => (i < said.length ? `<${label}> <${said[i]}> ` : `<${label}> `))
    .join(''),
});

/** Percentages as probabilities; uniform, and marked, where all are 0. */
export function verbalizedProbs(said: readonly number[]): { readonly probs: number[]; readonly isValid: boolean } {
  const total = said.reduce((sum, value) => sum + value, 0);
  if (total === 0) return { probs: said.map(() => 1 / said.length), isValid: false };
  return { probs: said.map((value) => value / total), isValid: true };
}
