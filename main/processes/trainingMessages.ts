/** Messages between the host and the training process, as schemas: both sides check what they receive. */
import { z } from 'zod';
import { ANSWER_SOURCES, modelAnswerSchema } from '../../shared/modelAnswer.ts';
import { progressSchema } from '../../shared/progress.ts';
import { BACKENDS, splitSchema, trainConfigSchema, trainingPlanSchema, WEIGHT_TYPES } from '../../shared/training.ts';

const path = z.string().min(1);
const deviceSchema = z.strictObject({
  backend: z.enum(BACKENDS).default('cpu'),
  /** Threads of the CPU backend; results repeat bit for bit only at the same number. */
  threads: z.number().int().positive().default(1),
  weights: z.enum(WEIGHT_TYPES).default('float32'),
});

/** Fine-tune: dataset folder in, run folder out. */
export const fineTuneRequestSchema = z.strictObject({
  kind: z.literal('fineTune'),
  transformer: path,
  dataset: path,
  out: path,
  config: trainConfigSchema,
  resume: z.boolean().default(false),
  /** Steps between checkpoints; one is written at every validation and at the end too. */
  checkpointEvery: z.number().int().positive().default(50),
  /** At most this many validation scenarios are asked, the first ones. */
  validationScenarios: z.number().int().positive().default(200),
});

/** Answer records: from a JSON Lines file, or one split of a dataset folder. */
export const answerRequestSchema = z.strictObject({
  kind: z.literal('answer'),
  transformer: path,
  adapter: path.nullable().default(null),
  records: path,
  split: splitSchema.optional(),
  source: z.enum(ANSWER_SOURCES),
  sourceId: z.string().min(1),
  device: deviceSchema.prefault({}),
});

/** A prompt as text (put into the chat template, with the opening bracket after it) or as token ids taken as they are. */
export const promptSchema = z.union([
  z.strictObject({ prompt: z.string() }),
  z.strictObject({ ids: z.array(z.number().int().min(0)).min(1) }),
]);

/** Log-probabilities of the 101 answers after each prompt of a JSON Lines file. */
export const logProbsRequestSchema = z.strictObject({
  kind: z.literal('logProbs'),
  transformer: path,
  adapter: path.nullable().default(null),
  prompts: path,
  device: deviceSchema.prefault({}),
});

/** Merge: transformer and adapter in, a Hugging Face folder out. */
export const mergeRequestSchema = z.strictObject({
  kind: z.literal('merge'),
  transformer: path,
  adapter: path,
  out: path,
});

/** Free generation after the first `count` prompts of a split. */
export const generateRequestSchema = z.strictObject({
  kind: z.literal('generate'),
  transformer: path,
  adapter: path.nullable().default(null),
  records: path,
  split: splitSchema.default('test'),
  count: z.number().int().positive(),
  device: deviceSchema.prefault({}),
});

/** Of `n` prompts: how many answers were written whole, brackets included, from nothing and from a given `<`; the first ones as they are. */
export const generationCheckSchema = z.strictObject({
  n: z.number().int(),
  free: z.number().int(),
  afterBracket: z.number().int(),
  examples: z.array(z.string()),
});
export type GenerationCheck = z.infer<typeof generationCheckSchema>;

/** The memory a run would need. */
export const planRequestSchema = z.strictObject({
  kind: z.literal('plan'),
  transformer: path,
  dataset: path,
  config: trainConfigSchema,
});

/** `answers` [101] in nats over the full vocabulary, `total` their logsumexp, mean and sd of the renormalised distribution. */
export const answerLogProbsSchema = z.strictObject({
  answers: z.array(z.number()),
  total: z.number(),
  mean: z.number(),
  sd: z.number(),
});
export type AnswerLogProbs = z.infer<typeof answerLogProbsSchema>;

/** A benchmark's prompt, and what the answer is made to begin with. */
export const choosePromptSchema = z.strictObject({ prompt: z.string(), prefill: z.string() });

/** Log-probabilities of an alphabet's texts after each prompt of a JSON Lines file. */
export const chooseRequestSchema = z.strictObject({
  kind: z.literal('choose'),
  transformer: path,
  adapter: path.nullable().default(null),
  prompts: path,
  alphabet: z.enum(['letters', 'integers']),
  device: deviceSchema.prefault({}),
});

/** In nats over the full vocabulary, in the alphabet's order; null where the prompt is longer than the transformer reads. */
export const chooseLineSchema = z.strictObject({ logProbs: z.array(z.number()).nullable() });
export type ChooseLine = z.infer<typeof chooseLineSchema>;

export const trainingRequestSchema = z.discriminatedUnion('kind', [
  fineTuneRequestSchema,
  answerRequestSchema,
  logProbsRequestSchema,
  mergeRequestSchema,
  generateRequestSchema,
  planRequestSchema,
  chooseRequestSchema,
]);
export type FineTuneRequest = z.infer<typeof fineTuneRequestSchema>;
export type AnswerRequest = z.infer<typeof answerRequestSchema>;
export type LogProbsRequest = z.infer<typeof logProbsRequestSchema>;
export type MergeRequest = z.infer<typeof mergeRequestSchema>;
export type GenerateRequest = z.infer<typeof generateRequestSchema>;
export type PlanRequest = z.infer<typeof planRequestSchema>;
export type ChooseRequest = z.infer<typeof chooseRequestSchema>;
export type TrainingRequest = z.infer<typeof trainingRequestSchema>;

/** What a finished run says: the adapter folder, and the step and validation MAE (in points) of the best. */
export const fineTuneResultSchema = z.strictObject({
  adapter: path,
  steps: z.number().int(),
  bestStep: z.number().int(),
  bestMae: z.number(),
  stoppedEarly: z.boolean(),
  backend: z.string(),
});
export type FineTuneResult = z.infer<typeof fineTuneResultSchema>;

const errorDataSchema = z.object({
  kind: z.enum(['user', 'internal', 'cancelled']),
  message: z.string(),
  hint: z.string().optional(),
  location: z
    .object({
      file: z.string().optional(),
      line: z.number().optional(),
      column: z.number().optional(),
      excerpt: z.string().optional(),
      path: z.string().optional(),
    })
    .optional(),
});

/** From host to process. */
export const toTrainingSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), request: trainingRequestSchema }),
  z.strictObject({ type: z.literal('cancel') }),
]);

/** From process to host. Answers come in portions, then `done`. */
export const fromTrainingSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), progress: progressSchema }),
  z.strictObject({ type: z.literal('answers'), answers: z.array(modelAnswerSchema) }),
  z.strictObject({ type: z.literal('logProbs'), lines: z.array(answerLogProbsSchema) }),
  z.strictObject({ type: z.literal('generated'), check: generationCheckSchema }),
  z.strictObject({ type: z.literal('plan'), plan: trainingPlanSchema }),
  z.strictObject({ type: z.literal('choices'), lines: z.array(chooseLineSchema) }),
  z.strictObject({ type: z.literal('done'), result: fineTuneResultSchema.nullable() }),
  z.strictObject({ type: z.literal('error'), error: errorDataSchema }),
]);
export type FromTraining = z.infer<typeof fromTrainingSchema>;
