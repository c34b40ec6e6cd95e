/** Spend: what a question costs by the tokens the service counted, and what it may cost at most before that is known. */
import type { LanguageAnswer, LanguageQuestion } from '../../shared/language.ts';
import type { Prices } from './provider.ts';

const MILLION = 1_000_000;
/** Tokens a service may add around the turns of a conversation. */
const TOKENS_PER_TURN = 16;

/** No tokenizer makes more tokens than there are bytes. */
const mostInputTokens = ({ instructions, turns }: LanguageQuestion): number =>
  [instructions, ...turns.map(({ text }) => text)].reduce(
    (sum, text) => sum + Buffer.byteLength(text) + TOKENS_PER_TURN,
    0,
  );

const dollars = (input: number, output: number, prices: Prices): number =>
  (input * prices.input + output * prices.output) / MILLION;

/** Dollars that `question` costs at most; 0 without prices. */
export const largestCost = (question: LanguageQuestion, prices: Prices | null): number =>
  prices === null ? 0 : dollars(mostInputTokens(question), question.maxOutputTokens, prices);

/** Dollars that an answer cost; where the service counted no tokens, the most it can have been. */
export function costOf(question: LanguageQuestion, answer: LanguageAnswer, prices: Prices | null): number {
  if (prices === null) return 0;
  return dollars(
    answer.inputTokens ?? mostInputTokens(question),
    answer.outputTokens ?? question.maxOutputTokens,
    prices,
  );
}
