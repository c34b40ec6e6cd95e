/** The part of the contract on comparisons and benchmarks of the workspace, and on the files that are put in for them. */
import { z } from 'zod';
import { benchmarkResultSchema } from './benchmark.ts';
import { FACETS, keptComparisonSchema, scenarioHistogramsSchema } from './comparison.ts';
import { fileNameSchema, folderNameSchema } from './job.ts';
import { scenarioSchema } from './scenario.ts';

const role = 'researcher';
const nothing = z.strictObject({});
const name = z.strictObject({ name: folderNameSchema });

/** A file that was put into the workspace. */
export const inputFileSchema = z.strictObject({ name: fileNameSchema, sizeBytes: z.number().int().min(0) });
export type InputFile = z.infer<typeof inputFileSchema>;

/** A benchmark run's folder; `result` is null while it is not finished. */
export const benchmarkRunSchema = z.strictObject({ name: folderNameSchema, result: benchmarkResultSchema.nullable() });
export type BenchmarkRun = z.infer<typeof benchmarkRunSchema>;

export const COMPARISON_PROCEDURES = {
  'comparisons.list': {
    role,
    input: nothing,
    output: z.array(
      keptComparisonSchema.pick({ name: true, createdAt: true, study: true }).extend({ sources: z.array(z.string()) }),
    ),
  },
  'comparisons.read': { role, input: name, output: keptComparisonSchema },
  /** One scenario of a comparison: its text, and everybody's answers to it. */
  'comparisons.scenario': {
    role,
    input: name.extend({ scenarioId: z.string().min(1).max(200) }),
    output: z.strictObject({ scenario: scenarioSchema, histograms: scenarioHistogramsSchema }),
  },
  /** A figure of a comparison, or of one part of it, on a page of its size: a PDF as base64. Refused where this machine has no Chromium to draw it. */
  'comparisons.pdf': {
    role,
    input: name.extend({
      figure: z.string().min(1).max(80),
      part: z.strictObject({ facet: z.enum(FACETS), value: z.string().max(200) }).optional(),
    }),
    output: z.strictObject({ pdf: z.string() }),
  },
  'answers.list': { role, input: nothing, output: z.array(inputFileSchema) },
  /** Keeps a file of answers; refused where it cannot be read as one. */
  'answers.add': {
    role,
    input: z.strictObject({ name: fileNameSchema, text: z.string().min(1).max(900_000) }),
    output: z.strictObject({ answers: z.number().int(), sources: z.array(z.string()) }),
  },
  'benchmarks.files': {
    role,
    input: nothing,
    /** `folder` is where files are to be put. */
    output: z.strictObject({ folder: z.string(), files: z.array(inputFileSchema) }),
  },
  'benchmarks.list': { role, input: nothing, output: z.array(benchmarkRunSchema) },
} as const;
