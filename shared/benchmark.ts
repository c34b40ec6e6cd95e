/** Benchmark: a transformer's scores on published questions, beside floors and ceilings, as the command prints them and the workspace keeps them. */
import { z } from 'zod';
import { estimateSchema } from './report.ts';

/** Which answers on a scale, which choose among options. */
export const CHOICE_SETS = ['mmlu', 'truthfulqa', 'hellaswag', 'arc-challenge', 'winogrande'] as const;
export const BENCHMARKS = ['openestimate', 'bayesian-teaching', ...CHOICE_SETS] as const;
export type BenchmarkName = (typeof BENCHMARKS)[number];

/**
 * One respondent's scores over the items it answered. `score` is the accuracy, or the mean absolute error in points; `nll` in nats; `ece` over
 * pooled items in equal bins of the highest probability. Null where undefined, and `note` says why.
 */
const rowSchema = z.strictObject({
  label: z.string(),
  /** Floors and ceilings use nothing of the transformer. */
  role: z.enum(['answers', 'floor', 'ceiling']),
  n: z.number().int(),
  score: estimateSchema.nullable(),
  nll: estimateSchema.nullable(),
  ece: z.number().nullable(),
  note: z.string().nullable(),
});
export type BenchmarkRow = z.infer<typeof rowSchema>;

export const benchmarkResultSchema = z.strictObject({
  name: z.enum(BENCHMARKS),
  isGuided: z.boolean(),
  transformer: z.string(),
  adapter: z.string().nullable(),
  appVersion: z.string(),
  items: z.number().int(),
  /** Items whose prompts are longer than the transformer reads: not asked, not cut. */
  tooLong: z.number().int(),
  seed: z.number().int(),
  interval: z.strictObject({ level: z.number(), replicates: z.number().int() }),
  /** Mean probability outside the texts that were offered. */
  leakedMass: z.number().nullable(),
  /** Fitted on another split; `bound` where the best lies at an end of the range searched, `flat` (and no temperature) where none is better. */
  temperature: z
    .strictObject({
      temperature: z.number().nullable(),
      bound: z.enum(['lower', 'upper', 'flat']).nullable(),
      items: z.number().int(),
    })
    .nullable(),
  rows: z.array(rowSchema).readonly(),
});
export type BenchmarkResult = z.infer<typeof benchmarkResultSchema>;
