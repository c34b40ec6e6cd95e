/** ModelAnswer: one source's answer to one query, the common currency of every comparison. */
import { z } from 'zod';
import { ANSWER_COUNT } from './posterior.ts';

/**
 * Who answered. `posterior` a program; `base` the transformer before fine-tuning; `adapter` after; `external` another language model;
 * `floor` a constant or the training mean of the query's kind, which uses nothing of the scenario; `prior` the program without its conditions.
 */
export const ANSWER_SOURCES = ['posterior', 'prior', 'base', 'adapter', 'external', 'floor'] as const;

export const modelAnswerSchema = z.strictObject({
  scenarioId: z.string(),
  queryId: z.string(),
  source: z.enum(ANSWER_SOURCES),
  /** Which one of that source: an adapter's name, a language model's. */
  sourceId: z.string(),
  seed: z.number().int().optional(),
  mean: z.number(),
  sd: z.number().optional(),
  /** Probability of each integer 0–100, renormalised over them. */
  bins: z.array(z.number().min(0)).length(ANSWER_COUNT).optional(),
  samples: z.array(z.number()).optional(),
  /** Of a language model asked several times: how often, and how many replies refused or held no answer. */
  replies: z
    .strictObject({ asked: z.number().int(), refused: z.number().int(), unparsed: z.number().int() })
    .optional(),
  /** Probability a transformer put outside the 101 answers. */
  leakedMass: z.number().min(0).max(1).optional(),
});
export type ModelAnswer = z.infer<typeof modelAnswerSchema>;
