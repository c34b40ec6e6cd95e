/** The part of the contract on the researcher's own material: scenario library, jobs, datasets, transformers, runs, evaluations. */
import { z } from 'zod';
import { COMPARISON_PROCEDURES } from './comparisonProcedures.ts';
import { datasetManifestSchema } from './dataset.ts';
import { evaluationSchema } from './evaluation.ts';
import { scenarioIdSchema } from './identifiers.ts';
import { folderNameSchema, jobRequestSchema, jobSchema } from './job.ts';
import { editStateSchema, scenarioEntrySchema, scenarioFilterSchema, scenarioSelectionSchema } from './library.ts';
import { posteriorSchema } from './posterior.ts';
import { EVIDENCE_STATES, programCheckSchema } from './programCheck.ts';
import { queryKindSchema, scenarioSchema } from './scenario.ts';
import {
  datasetRecordSchema,
  pinnedAnswersSchema,
  pinnedQuerySchema,
  splitSchema,
  trainConfigSchema,
  trainingPlanSchema,
  trainLogSchema,
} from './training.ts';

const role = 'researcher';
const nothing = z.strictObject({});
const jobId = z.strictObject({ jobId: z.string().min(1).max(80) });
const name = z.strictObject({ name: folderNameSchema });
const count = z.number().int().min(0);
const program = z.string().max(200_000);
const runId = z.string().min(1).max(80);
const range = { offset: count, limit: z.number().int().min(1).max(500) };

/** A transformer that can be fine-tuned here: the bundled one or a folder put into the workspace. Weights in bytes on disk. */
export const transformerSummarySchema = z.strictObject({
  name: z.string(),
  architecture: z.string(),
  layers: count,
  hiddenSize: count,
  sizeBytes: count,
});
export type TransformerSummary = z.infer<typeof transformerSummarySchema>;

/** A dataset of the workspace; `manifest` is null while it is unfinished. */
export const datasetSummarySchema = z.strictObject({
  name: folderNameSchema,
  manifest: datasetManifestSchema.nullable(),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

/** Where a run came from, by the names of the workspace; `sweep` is the job's name where it is one of several. */
export const runOriginSchema = z.strictObject({
  transformer: z.string(),
  dataset: folderNameSchema,
  sweep: z.string().nullable(),
});
export type RunOrigin = z.infer<typeof runOriginSchema>;

/** What an adapter was made from: folders by name, their files' SHA-256, device, configuration, and its validation (points, nats). */
export const adapterProvenanceSchema = z.strictObject({
  format: z.literal('credence-adapter'),
  version: z.number().int(),
  transformer: z.string(),
  dataset: z.string(),
  inputs: z.strictObject({
    transformer: z.record(z.string(), z.string()),
    dataset: z.record(z.string(), z.string()),
  }),
  backend: z.strictObject({ name: z.string(), threads: z.number().int() }),
  config: trainConfigSchema,
  step: count,
  validation: z.looseObject({ mae: z.number(), crossEntropy: z.number(), divergence: z.number() }),
});
export type AdapterProvenance = z.infer<typeof adapterProvenanceSchema>;

/** Pinned queries of a run, and its answers to them by validation. */
export const runPredictionsSchema = z.strictObject({
  pinned: z.array(pinnedQuerySchema),
  answers: z.array(pinnedAnswersSchema),
});
export type RunPredictions = z.infer<typeof runPredictionsSchema>;

/** A training run of the workspace. `best` is its best validation so far (points), `hasAdapter` whether that adapter is on disk. */
export const runSummarySchema = z.strictObject({
  name: folderNameSchema,
  config: trainConfigSchema,
  origin: runOriginSchema.nullable(),
  steps: count,
  best: z.strictObject({ step: count, mae: z.number() }).nullable(),
  hasAdapter: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const WORKSPACE_PROCEDURES = {
  ...COMPARISON_PROCEDURES,
  'library.scenarios': {
    role,
    input: z.strictObject({ filter: scenarioFilterSchema, ...range }),
    output: z.strictObject({ total: count, entries: z.array(scenarioEntrySchema) }),
  },
  'library.cells': {
    role,
    input: nothing,
    output: z.array(z.strictObject({ cell: z.string(), scenarios: count })),
  },
  'library.read': {
    role,
    input: z.strictObject({ id: scenarioIdSchema }),
    output: z.strictObject({
      scenario: scenarioSchema,
      entry: scenarioEntrySchema,
      posterior: posteriorSchema.nullable(),
    }),
  },
  'library.save': { role, input: z.strictObject({ scenario: scenarioSchema }), output: editStateSchema },
  'library.import': {
    role,
    /** JSON Lines if not said. Texts say nothing of their domain, ids and kinds of query, so these come with them. */
    input: z.strictObject({
      text: z.string().min(1).max(900_000),
      format: z.enum(['jsonl', 'csv', 'txt']).optional(),
      ofTexts: z
        .strictObject({
          domain: scenarioSchema.shape.domain,
          subdomain: z.string().min(1).max(80),
          idPrefix: z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens'),
          kinds: z.array(queryKindSchema).min(1).max(40),
        })
        .optional(),
    }),
    output: z.strictObject({ saved: count }),
  },
  'library.remove': {
    role,
    input: scenarioSelectionSchema,
    output: editStateSchema,
  },
  'library.edits': { role, input: nothing, output: editStateSchema },
  'library.undo': { role, input: nothing, output: editStateSchema },
  'library.redo': { role, input: nothing, output: editStateSchema },
  /** Reads a program without running it. */
  'programs.check': { role, input: z.strictObject({ source: program }), output: programCheckSchema },
  /** Runs a program with its observations as they are told; sketches come as events under `runId`. A run before it is stopped; null where it was. */
  'programs.run': {
    role,
    input: z.strictObject({
      runId,
      source: program,
      evidence: z.array(z.enum(EVIDENCE_STATES)).max(1000),
      precision: z.number().positive().max(10),
      seed: z.number().int().min(0),
    }),
    output: posteriorSchema.nullable(),
  },
  'programs.stop': { role, input: z.strictObject({ runId }), output: nothing },
  'jobs.list': { role, input: nothing, output: z.array(jobSchema) },
  'jobs.start': { role, input: jobRequestSchema, output: jobSchema },
  'jobs.pause': { role, input: jobId, output: jobSchema },
  'jobs.resume': { role, input: jobId, output: jobSchema },
  'jobs.cancel': { role, input: jobId, output: jobSchema },
  'jobs.dismiss': { role, input: jobId, output: nothing },
  'datasets.list': { role, input: nothing, output: z.array(datasetSummarySchema) },
  'datasets.records': {
    role,
    input: z.strictObject({ name: folderNameSchema, split: splitSchema, ...range }),
    output: z.array(datasetRecordSchema),
  },
  'transformers.list': { role, input: nothing, output: z.array(transformerSummarySchema) },
  'runs.list': { role, input: nothing, output: z.array(runSummarySchema) },
  /** What a run would need of memory; nothing is trained. */
  'runs.plan': {
    role,
    input: z.strictObject({
      transformer: z.string().min(1).max(200),
      dataset: folderNameSchema,
      config: trainConfigSchema,
    }),
    output: trainingPlanSchema,
  },
  /** Answers to the pinned queries at validations after step `after` (-1: from the beginning), some at a time. */
  'runs.predictions': {
    role,
    input: z.strictObject({ name: folderNameSchema, after: z.number().int().min(-1) }),
    output: runPredictionsSchema,
  },
  'runs.adapter': { role, input: name, output: adapterProvenanceSchema },
  /** The run's log from line `after` (0: the beginning). */
  'runs.log': {
    role,
    input: z.strictObject({ name: folderNameSchema, after: count }),
    output: z.strictObject({ lines: z.array(trainLogSchema), next: count }),
  },
  'evaluations.list': {
    role,
    input: nothing,
    output: z.array(evaluationSchema.pick({ name: true, createdAt: true, dataset: true, split: true, runs: true })),
  },
  'evaluations.read': { role, input: name, output: evaluationSchema },
} as const;
