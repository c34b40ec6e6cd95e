/** Dataset manifest: what a folder of training data holds, how it was made, and the hash of every file. */
import { z } from 'zod';
import { INFERENCE_METHODS } from './posterior.ts';

const count = z.number().int().min(0);
const splitCounts = z.strictObject({ train: count, validation: count, test: count });

/** Everything that decides the labels; two builds with equal settings and scenarios are equal byte for byte. */
export const datasetSettingsSchema = z.strictObject({
  seed: z.number().int(),
  /** `posterior`: the program's posterior; `forward`: one draw of the program's world that shows the scenario's results. */
  source: z.enum(['posterior', 'forward']),
  target: z.enum(['distribution', 'mean']),
  method: z.enum(INFERENCE_METHODS),
  /** Wanted mcse of every label, and of every prior (null: no priors), in points. */
  precision: z.number().positive(),
  priorPrecision: z.number().positive().nullable(),
  minEffective: z.number().int().positive(),
  maxExecutions: z.number().int().positive(),
  holdOut: z.strictObject({
    cells: z.array(z.string()),
    levels: z.array(z.string()),
    domains: z.array(z.string()),
    queries: z.boolean(),
  }),
  /** A sentence put into the card, by which leaked copies can be found. */
  canary: z.string().nullable(),
  engineVersion: z.string(),
});
export type DatasetSettings = z.infer<typeof datasetSettingsSchema>;

/** Which part of the scenarios a folder holds: part `index` (from 1) of `of`, each a contiguous range of `total` scenarios. */
export const shardSchema = z.strictObject({
  index: z.number().int().min(1),
  of: z.number().int().min(1),
  total: count,
});
export type Shard = z.infer<typeof shardSchema>;

/** Scenarios labelled and rejected, and their records, in one group (a cell, a domain). */
const groupSchema = z.strictObject({ labelled: count, rejected: count, records: splitCounts });

/** Per query kind: records, a histogram [11] of the labels' means by tens (0–9, …, 90–99, 100), and the mean over training, the floor of its kind. */
const kindSchema = z.strictObject({
  records: splitCounts,
  histogram: z.array(count).length(11),
  trainingMean: z.number().nullable(),
});

export const datasetManifestSchema = z.strictObject({
  format: z.literal('credence-dataset'),
  version: z.literal(1),
  settings: datasetSettingsSchema,
  shard: shardSchema.nullable(),
  scenarios: z.strictObject({ labelled: count, rejected: count }),
  records: splitCounts,
  /** Held-out queries on training scenarios; in none of the three splits. */
  newQueries: count,
  cells: z.record(z.string(), groupSchema),
  domains: z.record(z.string(), groupSchema),
  kinds: z.record(z.string(), kindSchema),
  /** Why scenarios were rejected: check → scenarios. */
  faults: z.record(z.string(), count),
  /** Worst and mean mcse of the labels in points, and the executions they took. */
  labels: z.strictObject({ worstMcse: z.number(), meanMcse: z.number(), executions: count }),
  files: z.record(z.string(), z.strictObject({ lines: count, sizeBytes: count, sha256: z.string() })),
});
export type DatasetManifest = z.infer<typeof datasetManifestSchema>;
