/** Response: one participant's answer to one query, as the participant screen submits it and as the store keeps it. */
import { z } from 'zod';
import { queryIdSchema } from './identifiers.ts';

export const INPUT_MODES = ['mouse', 'touch', 'pen', 'keyboard', 'number', 'simulated'] as const;

/**
 * One answer. `rating` 0–100, or null with a `missingCode`: unset is missing, never 50. `samples` holds the single values where a
 * widget takes several. Times are milliseconds on the participant machine's monotonic clock since the screen was shown.
 * `clientSeq` counts a participant's responses from 0; the same number sent again is stored once.
 */
export const submittedResponseSchema = z
  .strictObject({
    clientSeq: z.number().int().min(0).max(1_000_000),
    trialIndex: z.number().int().min(0).max(100_000),
    scenarioId: z.string().min(1).max(80),
    queryId: queryIdSchema,
    rating: z.number().min(0).max(100).nullable(),
    samples: z.array(z.number().min(0).max(100)).max(20).optional(),
    missingCode: z.enum(['skipped', 'dont_know', 'timed_out']).optional(),
    inputMode: z.enum(INPUT_MODES),
    firstInputMs: z.number().min(0).optional(),
    lastInputMs: z.number().min(0).optional(),
    commitMs: z.number().min(0),
    adjustments: z.number().int().min(0).max(100_000),
  })
  .refine((response) => (response.rating === null) === (response.missingCode !== undefined), {
    message: 'a response has either a rating or a missingCode, not both and not neither',
  });
export type SubmittedResponse = z.infer<typeof submittedResponseSchema>;

/**
 * A response as the store gives it back. `serverSeq` is its number in the store's order; `revision` counts answers to the same query on
 * the same screen from 0, and `isLatest` marks the one that counts. Earlier ones are kept.
 */
export type StoredResponse = SubmittedResponse & {
  readonly serverSeq: number;
  readonly sessionId: string;
  readonly participantId: string;
  readonly receivedAt: string;
  readonly revision: number;
  readonly isLatest: boolean;
};

/** What comes back once the response is durable: its number in the store's order. */
export const acknowledgementSchema = z.strictObject({ clientSeq: z.number().int(), serverSeq: z.number().int() });
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;
