/** Training: targets, dataset records, the configuration of a run, its log and the adapter it leaves. */
import { z } from 'zod';
import { ANSWER_COUNT } from './posterior.ts';
import { queryKindSchema } from './scenario.ts';

/** What a transformer shall answer: `bins` [101] sums to 1; `mean` on 0–100. */
export const trainingTargetSchema = z.strictObject({
  bins: z.array(z.number().min(0)).length(ANSWER_COUNT),
  mean: z.number().min(0).max(100),
});
export type TrainingTarget = z.infer<typeof trainingTargetSchema>;

export const SPLITS = ['train', 'validation', 'test'] as const;
export const splitSchema = z.enum(SPLITS);
export type Split = z.infer<typeof splitSchema>;

/**
 * One line of a dataset (JSON Lines): a scenario's shared `context` and one query. The prompt a transformer reads is
 * `context + question`; keeping them apart lets the queries of one scenario share one pass.
 */
export const datasetRecordSchema = z.strictObject({
  scenarioId: z.string(),
  queryId: z.string(),
  kind: queryKindSchema,
  motifCell: z.string().nullable(),
  split: splitSchema,
  context: z.string(),
  question: z.string(),
  /** The posterior mean rounded to an integer, as text. */
  answer: z.string(),
  bins: z.array(z.number().min(0)).length(ANSWER_COUNT),
  mean: z.number(),
  sd: z.number(),
  mcse: z.number(),
  /** The mean of the program's own prior (no conditions), where it was computed. */
  priorMean: z.number().optional(),
  priorBins: z.array(z.number().min(0)).length(ANSWER_COUNT).optional(),
});
export type DatasetRecord = z.infer<typeof datasetRecordSchema>;

export const BACKENDS = ['cpu', 'webgpu', 'cuda'] as const;

/** How base weights are kept while a transformer runs: `float16` is half the memory, `int4` (blocks of 32 with a scale) an eighth. */
export const WEIGHT_TYPES = ['float32', 'float16', 'int4'] as const;
export type WeightType = (typeof WEIGHT_TYPES)[number];

/** LoRA fine-tuning: ΔW = (alpha/rank)·B·A on the listed projections. Rates are per optimizer step; batch in scenarios. */
export const trainConfigSchema = z.strictObject({
  target: z.enum(['distribution', 'mean']).default('distribution'),
  /** Renormalised over the 101 answers, or over the full vocabulary. */
  loss: z.enum(['renormalised', 'full']).default('renormalised'),
  rank: z.number().int().min(1).max(256).default(8),
  alpha: z.number().positive().default(16),
  dropout: z.number().min(0).max(0.9).default(0),
  learningRate: z.number().positive().default(5e-5),
  weightDecay: z.number().min(0).default(0),
  schedule: z.enum(['constant', 'cosine']).default('constant'),
  warmupSteps: z.number().int().min(0).default(0),
  clipNorm: z.number().positive().nullable().default(1),
  batch: z.number().int().positive().default(2),
  accumulate: z.number().int().positive().default(1),
  /** An epoch is this many batches. */
  epochBatches: z.number().int().positive().default(200),
  epochs: z.number().int().positive().default(500),
  steps: z.number().int().positive().optional(),
  /** Epochs without a better validation MAE before stopping. */
  patience: z.number().int().positive().default(50),
  seed: z.number().int().default(1),
  backend: z.enum(BACKENDS).default('cpu'),
  threads: z.number().int().positive().optional(),
  weights: z.enum(WEIGHT_TYPES).default('float32'),
  /** Compute each layer's activations again in the backward pass instead of keeping them: less memory, a third more time. */
  checkpointing: z.boolean().default(false),
});
export type TrainConfig = z.infer<typeof trainConfigSchema>;
export type TrainConfigInput = z.input<typeof trainConfigSchema>;

/** One line of a run's log. Loss in nats per query; MAE in points; divergence is the mean KL(target ‖ answer) in nats. */
export const trainLogSchema = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('step'),
    step: z.number().int(),
    loss: z.number(),
    learningRate: z.number(),
    gradientNorm: z.number(),
    tokensPerSecond: z.number().optional(),
    queriesPerSecond: z.number().optional(),
  }),
  z.strictObject({
    event: z.literal('validation'),
    step: z.number().int(),
    epoch: z.number().int(),
    mae: z.number(),
    crossEntropy: z.number(),
    divergence: z.number(),
    best: z.boolean(),
  }),
]);
export type TrainLog = z.infer<typeof trainLogSchema>;

/** Bytes by part, of the longest scenarios; what is free on this machine; and the totals of all choices. */
export const trainingPlanSchema = z.strictObject({
  weights: z.number(),
  widening: z.number(),
  adapter: z.number(),
  optimizer: z.number(),
  activations: z.number(),
  total: z.number(),
  free: z.number(),
  longestTokens: z.number(),
  backend: z.enum(BACKENDS),
  largestBuffer: z.number(),
  bindingLimit: z.number(),
  choices: z.array(z.strictObject({ weights: z.enum(WEIGHT_TYPES), checkpointing: z.boolean(), total: z.number() })),
});
export type TrainingPlan = z.infer<typeof trainingPlanSchema>;

/** A validation query whose answer is kept at every validation, with what it should be. */
export const pinnedQuerySchema = datasetRecordSchema.pick({
  scenarioId: true,
  queryId: true,
  question: true,
  bins: true,
  mean: true,
});
export type PinnedQuery = z.infer<typeof pinnedQuerySchema>;

/** What a run answered to its pinned queries after `step` steps, in their order. */
export const pinnedAnswersSchema = z.strictObject({
  step: z.number().int().min(0),
  answers: z.array(z.strictObject({ bins: z.array(z.number()).length(ANSWER_COUNT), mean: z.number() })),
});
export type PinnedAnswers = z.infer<typeof pinnedAnswersSchema>;
