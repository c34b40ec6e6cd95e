/** Posterior: what a program says about each query, with how it was computed and how precise it is. */
import { z } from 'zod';
import { ANSWER_COUNT } from './answerScale.ts';

export { ANSWER_COUNT };

export const INFERENCE_METHODS = [
  'auto',
  'enumerate',
  'rejection',
  'walks',
  'importance',
  'mh',
  'hmc',
  'smc',
  'forward',
] as const;
export type InferenceMethod = (typeof INFERENCE_METHODS)[number];

const bins = z.array(z.number().min(0)).length(ANSWER_COUNT);

/**
 * One query's posterior. `mean`, `sd` of the values clamped to 0–100, unrounded; `mcse` the Monte Carlo standard error of `mean`, in
 * points; `bins` [101] the probability of each integer (round half to even, no smoothing), null for values that are not numbers,
 * which have `support` and `probs` instead.
 */
export const queryPosteriorSchema = z.strictObject({
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  mcse: z.number().nullable(),
  bins: bins.nullable(),
  support: z.array(z.unknown()).optional(),
  probs: z.array(z.number()).optional(),
});
export type QueryPosterior = z.infer<typeof queryPosteriorSchema>;

/**
 * `executions`: rejection = attempts started; walks = attempts and moves; mh, hmc = kernel steps over all chains with burn-in; smc = particle extensions;
 * enumerate = leaves; importance, forward = runs. Identity of two posteriors covers all but `seconds` and `executionsPerSecond`.
 */
export const posteriorSchema = z.strictObject({
  queries: z.record(z.string(), queryPosteriorSchema),
  method: z.enum(INFERENCE_METHODS),
  executions: z.number(),
  accepted: z.number().optional(),
  acceptanceRate: z.number().optional(),
  ess: z.number().optional(),
  rHat: z.number().optional(),
  logZ: z.number().optional(),
  seed: z.number().int(),
  seconds: z.number(),
  executionsPerSecond: z.number(),
  warnings: z.array(z.string()),
  /** SHA-256 of the program's source, set by the process that ran it. */
  programHash: z.string().optional(),
  engineVersion: z.string().optional(),
});
export type Posterior = z.infer<typeof posteriorSchema>;

/**
 * How to run: `precision` is the wanted mcse of every numeric query in points; sampling stops there, or at `samples` accepted, or at
 * `maxExecutions`, or after `maxSeconds` (which a warning then says). `workers` never changes the result.
 */
export const inferOptionsSchema = z.strictObject({
  method: z.enum(INFERENCE_METHODS).default('auto'),
  seed: z.number().int().default(1),
  precision: z.number().positive().optional(),
  samples: z.number().int().positive().optional(),
  maxExecutions: z.number().int().positive().optional(),
  maxSeconds: z.number().positive().optional(),
});
export type InferOptions = z.input<typeof inferOptionsSchema>;
