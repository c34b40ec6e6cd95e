/** Verdict: what a check of a program found. All are kept, the passed ones too, so that a reader sees what was checked. */
import { z } from 'zod';

/**
 * `runs`: it keeps the contract, compiles and runs · `conditions`: it conditions on each fact of the scenario once and on nothing else ·
 * `queries`: each query id is answered by what its query asks · `finite` · `range`: 0–100 · `degenerate`: no answer is constant, nor a
 * prior · `precision`: enough runs accepted, the standard error reached · `prior`: without evidence it expects nothing in particular ·
 * `swap`: a contest with its sides exchanged gives 100 − v · `direction`: winning raises ranks and chances, and moves factors the way they
 * work; with all results mirrored the focal entity's rank moves to the other side · `sensitivity`: every observation counts.
 */
export const CHECKS = [
  'runs',
  'conditions',
  'queries',
  'finite',
  'range',
  'degenerate',
  'precision',
  'prior',
  'swap',
  'direction',
  'sensitivity',
] as const;
export type Check = (typeof CHECKS)[number];

export const verdictSchema = z.strictObject({
  check: z.enum(CHECKS),
  status: z.enum(['passed', 'failed', 'skipped']),
  /** What was found; of a skipped check, why. */
  message: z.string(),
});
export type Verdict = Readonly<z.infer<typeof verdictSchema>>;

/** One check's findings as its verdict: failed with all of them, or passed. */
export const verdictOf = (check: Check, faults: readonly string[], passed: string): Verdict =>
  faults.length > 0
    ? { check, status: 'failed', message: faults.join('; ') }
    : { check, status: 'passed', message: passed };

/** Whether a program may be used. */
export const isAccepted = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ status }) => status !== 'failed');
