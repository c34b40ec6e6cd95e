/** Language: what is asked of a language model, and what it answers. */
import { z } from 'zod';

/** One turn of a conversation; turns alternate and begin and end with the asker's. */
export type LanguageTurn = { readonly role: 'user' | 'assistant'; readonly text: string };

/** What is asked. `replicate` tells apart independent answers to the same words. */
export type LanguageQuestion = {
  readonly instructions: string;
  readonly turns: readonly LanguageTurn[];
  /** 0 for the likeliest words, 1 for the language model's own spread. */
  readonly temperature: number;
  readonly maxOutputTokens: number;
  readonly replicate: number;
};

export const languageAnswerSchema = z.strictObject({
  text: z.string(),
  /** Whether it ended by itself; an answer cut at `maxOutputTokens` did not. */
  isWhole: z.boolean(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
});
export type LanguageAnswer = Readonly<z.infer<typeof languageAnswerSchema>>;
