/** What is found by reading a program without running it, and how its evidence may be varied. */
import { z } from 'zod';

/** A fault or a warning with its place; `line` and `column` count from 1. */
export const programFaultSchema = z.strictObject({
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  hint: z.string().nullable(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
});
export type ProgramFault = z.infer<typeof programFaultSchema>;

/**
 * `faults` in the order found; `evidence` the observations that can be varied, as the program writes them, in the order of the text: empty
 * where the program does not write each as a statement of its own.
 */
export const programCheckSchema = z.strictObject({
  faults: z.array(programFaultSchema).max(1000),
  evidence: z.array(z.string().max(2000)).max(1000),
});
export type ProgramCheck = z.infer<typeof programCheckSchema>;

/** What becomes of an observation: it stands, it is left out, or the opposite is observed. */
export const EVIDENCE_STATES = ['on', 'off', 'flipped'] as const;
export type EvidenceState = (typeof EVIDENCE_STATES)[number];
