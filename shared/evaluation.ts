/** Evaluation: how far base, adapters and floors are from the programs' answers on one split of a dataset. */
import { z } from 'zod';
import { folderNameSchema } from './job.ts';
import { evaluationRowSchema } from './report.ts';
import { splitSchema } from './training.ts';

/** A kept evaluation: what was asked, the table, and how its intervals were made (over whole scenarios, at `level`, from `seed`). */
export const evaluationSchema = z.strictObject({
  name: folderNameSchema,
  createdAt: z.string(),
  version: z.string(),
  transformer: z.string(),
  dataset: z.string(),
  split: splitSchema,
  runs: z.array(z.string()),
  scenarios: z.number().int(),
  rows: z.array(evaluationRowSchema),
  interval: z.strictObject({ level: z.number(), replicates: z.number().int(), seed: z.number().int() }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
