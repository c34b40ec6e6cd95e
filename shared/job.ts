/** Jobs: long work the host does for the researcher, kept in the workspace so that it outlives a restart. */
import { z } from 'zod';
import { BENCHMARKS } from './benchmark.ts';
import { compareSettingsSchema } from './comparison.ts';
import { CSV_DIALECTS, EXPORT_EXTRAS, EXPORT_FORMATS } from './exchange.ts';
import { keyProviderSchema } from './keys.ts';
import { scenarioFilterSchema, scenarioSelectionSchema } from './library.ts';
import { progressSchema } from './progress.ts';
import { scenarioSchema } from './scenario.ts';
import { BACKENDS, trainConfigSchema } from './training.ts';

/** A name that becomes a folder of the workspace. */
export const folderNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and hyphens, at most 60');

/** A file in one of the workspace's folders: a plain name, nothing that leads elsewhere. */
export const fileNameSchema = z
  .string()
  .regex(/^\w[\w .()-]{0,99}$/, 'letters, digits, spaces, dots and hyphens, at most 100');

const count = z.number().int().min(1);

/** What each kind of job is told to do. Names are those of the workspace: scenarios of the library, folders of datasets, runs and transformers. */
export const JOB_INPUTS = {
  generate: z.strictObject({
    domain: scenarioSchema.shape.domain,
    style: scenarioSchema.shape.style,
    count: count.max(100_000),
    seed: z.number().int().min(0),
    cells: z.string().max(200).optional(),
    teamSizes: z.array(z.number().int().min(1).max(9)).min(1).optional(),
  }),
  /** Scenarios by a language model, with programs where wanted; its key is the one kept in the settings. Costs in dollars. */
  write: z.strictObject({
    name: folderNameSchema,
    domain: scenarioSchema.shape.domain,
    style: scenarioSchema.shape.style,
    count: count.max(10_000),
    seed: z.number().int().min(0),
    hasPrograms: z.boolean(),
    service: z.strictObject({
      protocol: keyProviderSchema,
      languageModel: z.string().min(1).max(200),
      baseUrl: z.string().max(400).optional(),
      /** Dollars per million tokens read and written. */
      prices: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).optional(),
    }),
    /** Over all tries of this job; needs prices. */
    maxCost: z.number().positive().optional(),
  }),
  run: z.strictObject({
    scenarios: scenarioSelectionSchema,
    precision: z.number().positive().max(10),
    seed: z.number().int().min(0),
  }),
  dataset: z.strictObject({
    name: folderNameSchema,
    scenarios: z.strictObject({ filter: scenarioFilterSchema }),
    precision: z.number().positive().max(10),
    seed: z.number().int().min(0),
    holdOutCells: z.string().max(200),
    target: z.enum(['distribution', 'mean']),
    source: z.enum(['posterior', 'forward']),
  }),
  train: z.strictObject({
    name: folderNameSchema,
    transformer: z.string().min(1).max(200),
    dataset: folderNameSchema,
    config: trainConfigSchema,
    /** Several learning rates or seeds: a run for each pair, the best by its validation. */
    sweep: z
      .strictObject({
        rates: z.array(z.number().positive().max(1)).min(1).max(12),
        seeds: z.array(z.number().int().min(0)).min(1).max(12),
      })
      .optional(),
  }),
  /** A run's adapter as a folder of its own: as PEFT loads it, or worked into its transformer. */
  adapter: z.strictObject({ name: folderNameSchema, run: folderNameSchema, form: z.enum(['peft', 'merged']) }),
  evaluate: z.strictObject({
    name: folderNameSchema,
    transformer: z.string().min(1).max(200),
    dataset: folderNameSchema,
    split: z.enum(['validation', 'test']),
    runs: z.array(folderNameSchema).max(20),
    backend: z.enum(BACKENDS),
    seed: z.number().int().min(0),
  }),
  /** Scenarios of the library as a folder with `scenarios.jsonl`. */
  scenarios: z.strictObject({ name: folderNameSchema, scenarios: scenarioSelectionSchema }),
  export: z.strictObject({
    name: folderNameSchema,
    sessionId: z.string().min(1).max(80),
    format: z.enum(EXPORT_FORMATS),
    dialect: z.enum(CSV_DIALECTS),
    extras: z.array(z.enum(EXPORT_EXTRAS)),
  }),
  /** Lets made-up people answer a frozen version, as a session of stage `simulated`. */
  simulate: z.strictObject({
    versionId: z.string().min(1).max(80),
    title: z.string().min(1).max(300),
    participants: count.max(10_000),
    seed: z.number().int().min(0),
  }),
  compare: z.strictObject({
    name: folderNameSchema,
    sessionId: z.string().min(1).max(80),
    /** The study's programs, and their priors. */
    hasPrograms: z.boolean(),
    /** Whose base answers; null for none. */
    transformer: z.string().min(1).max(200).nullable(),
    /** Adapters of these runs on that transformer; as one source, each a seed of it, where they are pooled. */
    runs: z.array(folderNameSchema).max(20),
    isPooled: z.boolean(),
    /** Files of the workspace's folder of answers. */
    files: z.array(fileNameSchema).max(50),
    /** The dataset trained on: gives kind means to beat and what was held out. */
    training: folderNameSchema.nullable(),
    precision: z.number().positive().max(10),
    settings: compareSettingsSchema,
  }),
  benchmark: z.strictObject({
    name: folderNameSchema,
    benchmark: z.enum(BENCHMARKS),
    /** Files of the workspace's folder of benchmark files; `fitFiles` of another split, to fit a temperature on. */
    files: z.array(fileNameSchema).min(1).max(50),
    fitFiles: z.array(fileNameSchema).max(50),
    transformer: z.string().min(1).max(200),
    /** The run whose adapter is asked; null for the base. */
    run: folderNameSchema.nullable(),
    isGuided: z.boolean(),
    isVerbalized: z.boolean(),
    limit: count.optional(),
    seed: z.number().int().min(0),
    backend: z.enum(BACKENDS),
  }),
} as const;
export const JOB_KINDS = Object.keys(JOB_INPUTS) as (keyof typeof JOB_INPUTS)[];
export type JobKind = keyof typeof JOB_INPUTS;
export type JobInput<K extends JobKind> = z.infer<(typeof JOB_INPUTS)[K]>;

/** A job to start: its kind and what to do. */
export const jobRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('generate'), input: JOB_INPUTS.generate }),
  z.strictObject({ kind: z.literal('write'), input: JOB_INPUTS.write }),
  z.strictObject({ kind: z.literal('run'), input: JOB_INPUTS.run }),
  z.strictObject({ kind: z.literal('dataset'), input: JOB_INPUTS.dataset }),
  z.strictObject({ kind: z.literal('train'), input: JOB_INPUTS.train }),
  z.strictObject({ kind: z.literal('adapter'), input: JOB_INPUTS.adapter }),
  z.strictObject({ kind: z.literal('evaluate'), input: JOB_INPUTS.evaluate }),
  z.strictObject({ kind: z.literal('scenarios'), input: JOB_INPUTS.scenarios }),
  z.strictObject({ kind: z.literal('export'), input: JOB_INPUTS.export }),
  z.strictObject({ kind: z.literal('simulate'), input: JOB_INPUTS.simulate }),
  z.strictObject({ kind: z.literal('compare'), input: JOB_INPUTS.compare }),
  z.strictObject({ kind: z.literal('benchmark'), input: JOB_INPUTS.benchmark }),
]);
export type JobRequest = z.infer<typeof jobRequestSchema>;

/**
 * `queued` waits for another; `running`; `paused` by the researcher, `interrupted` by the end of the application: both go on where they
 * were; `done`; `failed`; `cancelled`.
 */
export const JOB_STATES = ['queued', 'running', 'paused', 'interrupted', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job as lists show it. Moments are ISO texts. `problem` says why it failed, `outcome` what came of it. */
export const jobSchema = z.strictObject({
  jobId: z.string().min(1).max(80),
  request: jobRequestSchema,
  title: z.string(),
  state: z.enum(JOB_STATES),
  progress: progressSchema.nullable(),
  outcome: z.string().nullable(),
  problem: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
