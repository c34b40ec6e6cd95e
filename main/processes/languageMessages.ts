/** What main and the language process say to each other. A key travels with the one question it is for, and nowhere else. */
import { z } from 'zod';
import { type LanguageQuestion, languageAnswerSchema } from '../../shared/language.ts';

/** The protocols spoken. `openai-compatible` is spoken by many services and by local servers. */
export const PROTOCOLS = ['openai-compatible', 'google', 'anthropic'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Which language model is asked and where. `baseUrl` is the only place requests may go to. */
export type LanguageEndpoint = {
  readonly protocol: Protocol;
  readonly baseUrl: string;
  readonly languageModel: string;
};

/** A complete HTTP reply as it came, before anything is read from it. */
export const exchangeSchema = z.strictObject({ status: z.number().int(), contentType: z.string(), body: z.string() });
export type LanguageExchange = Readonly<z.infer<typeof exchangeSchema>>;

/**
 * Why there is no answer. Passing: `rate`, `server`, `timeout`, `network`, `unreadable`. Final for the question: `refused`. Final for
 * all questions: `key` (missing or wrong), `quota` (used up), `address` (no such service or language model).
 */
export const FAULT_REASONS = [
  'rate',
  'server',
  'timeout',
  'network',
  'unreadable',
  'refused',
  'key',
  'quota',
  'address',
] as const;
export type FaultReason = (typeof FAULT_REASONS)[number];

export const languageFaultSchema = z.strictObject({
  reason: z.enum(FAULT_REASONS),
  message: z.string(),
  /** What the service asked to wait, in ms. */
  retryAfterMs: z.number().nullable(),
  /** Whether the service may have worked, and charge, for it. */
  mayCost: z.boolean(),
});
export type LanguageFault = Readonly<z.infer<typeof languageFaultSchema>>;

/** To the process. `replay`: read this stored exchange instead of asking. */
export type LanguageRequest =
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly endpoint: LanguageEndpoint;
      readonly key: string | undefined;
      readonly question: LanguageQuestion;
      readonly idempotencyKey: string;
      readonly timeoutMs: number;
      readonly replay: LanguageExchange | undefined;
    }
  | { readonly kind: 'stored'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number };

/** From the process: an exchange to store first, then what was read from it. */
export const languageReplySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exchange'), id: z.number(), exchange: exchangeSchema }),
  z.strictObject({ kind: z.literal('answer'), id: z.number(), answer: languageAnswerSchema }),
  z.strictObject({ kind: z.literal('fault'), id: z.number(), fault: languageFaultSchema }),
]);
export type LanguageReply = z.infer<typeof languageReplySchema>;
