/** Response: one participant's answer to one query, as the participant screen submits it and as the store keeps it. */
import { z } from 'zod';
import { queryIdSchema } from './identifiers.ts';
import { chipsMean, meanRating } from './impliedRating.ts';
import type { Phase } from './screen.ts';
import type { Stage } from './study.ts';

export const INPUT_MODES = ['mouse', 'touch', 'pen', 'keyboard', 'number', 'assistive', 'simulated'] as const;
export const MISSING_CODES = ['skipped', 'dont_know', 'prefer_not', 'timed_out'] as const;

const rating = z.number().min(0).max(100);
const duration = z.number().min(0).max(1e10);
const count = z.number().int().min(0).max(100_000);

const isNear = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) < 1e-6;

/**
 * One answer. Of the answer fields a widget fills its own: `rating` 0–100 (slider, contest, confidence), with `samples` in the order they
 * were placed (multi-click; `rating` is their mean) or `chips` per bin (roulette; `rating` is the mean they imply); `number` (typed),
 * `choice` (option ids) or `text`. Whoever gave none has a `missingCode` instead: unset is missing, never 50.
 * `scenarioId` is the scenario, or the id of the node that asks where there is none. `clientSeq` counts a participant's responses from 0;
 * the same number sent again is stored once. Times are milliseconds since `onsetMs`, when the second animation frame after the screen's
 * insertion began, on the page's monotonic clock.
 */
export const submittedResponseSchema = z
  .strictObject({
    clientSeq: z.number().int().min(0).max(1_000_000),
    trialIndex: z.number().int().min(0).max(100_000),
    scenarioId: z.string().min(1).max(80),
    queryId: queryIdSchema,
    rating: rating.nullable(),
    samples: z.array(rating).min(1).max(20).optional(),
    chips: z.array(z.number().int().min(0).max(100)).min(2).max(50).optional(),
    number: z.number().min(-1e9).max(1e9).optional(),
    choice: z.array(z.string().min(1).max(40)).max(60).optional(),
    text: z.string().max(10_000).optional(),
    missingCode: z.enum(MISSING_CODES).optional(),
    /** How sure, where the query asks it beside the answer; absent when it was left. */
    confidence: rating.optional(),
    inputMode: z.enum(INPUT_MODES),
    onsetMs: duration.optional(),
    firstInputMs: duration.optional(),
    lastInputMs: duration.optional(),
    commitMs: duration,
    adjustments: count,
    /** Milliseconds the page was without focus, and of those hidden, while the screen was shown. */
    awayMs: duration.optional(),
    hiddenMs: duration.optional(),
    /** Points of the scale the handle travelled. */
    pathLength: z.number().min(0).max(1e7).optional(),
    /** Where the keyboard put the unset handle, if it did. */
    keyboardStart: rating.optional(),
    /** The way the line ran. */
    direction: z.enum(['ltr', 'rtl']).optional(),
    /** `timeout`: the screen closed by itself, with what was set then. */
    endedOn: z.enum(['response', 'timeout']).optional(),
    /** Every input: milliseconds since onset, and the value it left (null for cleared). */
    trace: z
      .array(z.tuple([duration, z.number().nullable()]))
      .max(1000)
      .optional(),
  })
  .superRefine((response, context) => {
    const { samples, chips, number, choice, text, missingCode } = response;
    const isAnswered = response.rating !== null || number !== undefined || choice !== undefined || text !== undefined;
    if (isAnswered === (missingCode !== undefined))
      context.addIssue('a response has either an answer or a missingCode, not both and not neither');
    if (samples && !isNear(response.rating, meanRating(samples))) context.addIssue('rating is not the mean of samples');
    if (chips && !isNear(response.rating, chipsMean(chips))) context.addIssue('rating is not the mean of the chips');
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
  /** SHA-256 of the frozen study version it answers, and the session's stage. */
  readonly studyHash: string;
  readonly stage: Stage;
  /** What the question was for; only `main` answers are judgments to compare. */
  readonly phase: Phase;
  /** Whether the page had been lost and come back before this answer. */
  readonly isResumed: boolean;
};

/** What comes back once the response is durable: its number in the store's order. */
export const acknowledgementSchema = z.strictObject({ clientSeq: z.number().int(), serverSeq: z.number().int() });
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;
