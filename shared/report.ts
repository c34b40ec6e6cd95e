/** Report: what one run of the whole job found, as data; report.html and the researcher's screen draw the same figures from it. */
import { z } from 'zod';
import { ANSWER_SOURCES } from './modelAnswer.ts';
import { ANSWER_COUNT } from './posterior.ts';
import { queryKindSchema } from './scenario.ts';
import { stageSchema } from './study.ts';

/** A number with its 95 % interval. */
export const estimateSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimateSchema>;

const sourceSchema = z.strictObject({
  source: z.enum([...ANSWER_SOURCES, 'people']),
  sourceId: z.string(),
  label: z.string(),
});

/** Error over the `n` queries of one kind; without bounds in reports made before they were kept. */
const kindErrorSchema = z.strictObject({
  n: z.number().int(),
  mae: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
});

/** One row of the evaluation table: mean absolute error of the mean in points, and mean KL(program ‖ answer) in nats, over `n` test queries. */
export const evaluationRowSchema = sourceSchema.extend({
  n: z.number().int(),
  mae: estimateSchema,
  /** Null for answers without a distribution of their own. */
  divergence: estimateSchema.nullable(),
  byKind: z.partialRecord(queryKindSchema, kindErrorSchema),
});
export type EvaluationRow = z.infer<typeof evaluationRowSchema>;

export const scatterPointSchema = z.strictObject({
  scenarioId: z.string(),
  queryId: z.string(),
  kind: queryKindSchema,
  /** The source's mean, on 0–100. */
  x: z.number(),
  /** The mean over people, on 0–100, with its standard error; null where a single person rated. */
  y: z.number(),
  yStandardError: z.number().nullable(),
  /** People behind `y`. */
  participants: z.number().int().optional(),
});

/** Human mean against one source's mean: signed Pearson r with a bootstrap interval over the report's `interval.unit`. */
export const scatterSchema = sourceSchema.extend({
  points: z.array(scatterPointSchema),
  /** Null where r is undefined: fewer than two queries, or one side does not vary. */
  r: estimateSchema.nullable(),
  nQueries: z.number().int(),
  nParticipants: z.number().int(),
});
export type Scatter = z.infer<typeof scatterSchema>;

export const overlaySchema = z.strictObject({
  scenarioId: z.string(),
  queryId: z.string(),
  background: z.string(),
  conditions: z.array(z.string()),
  queryText: z.string(),
  kind: queryKindSchema,
  series: z.array(sourceSchema.extend({ bins: z.array(z.number().min(0)).length(ANSWER_COUNT), mean: z.number() })),
});
export type Overlay = z.infer<typeof overlaySchema>;

export const reportSchema = z.strictObject({
  formatVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
  title: z.string(),
  createdAt: z.string(),
  seed: z.number().int(),
  version: z.string(),
  /** How each number was made, as sentences: method, interval, replicates, counts. */
  methods: z.array(z.string()),
  study: z.strictObject({
    slug: z.string(),
    title: z.string(),
    hash: z.string(),
    stage: stageSchema,
    nParticipants: z.number().int(),
  }),
  evaluation: z.array(evaluationRowSchema),
  overlay: overlaySchema,
  scatters: z.array(scatterSchema),
  interval: z.strictObject({
    level: z.number(),
    replicates: z.number().int(),
    unit: z.string(),
    seed: z.number().int(),
  }),
});
export type Report = z.infer<typeof reportSchema>;
