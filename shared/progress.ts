/** How long work tells how far it is and is told to stop: passed down to whatever runs longer than a second. */
import { z } from 'zod';

/** One report: `done` of `total` (absent while unknown), both in `unit`; `figures` are named numbers worth showing, such as a loss. */
export const progressSchema = z.strictObject({
  stage: z.string(),
  done: z.number(),
  total: z.number().optional(),
  unit: z.string(),
  figures: z.record(z.string(), z.number()).optional(),
});
export type Progress = Readonly<z.infer<typeof progressSchema>>;

/** Given to long work: where to report and what to obey. */
export type RunControl = {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
};
