/** What the pool makes of what comes from an inference process: the shape of its answers, which are checked, and the errors for its end. */
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { posteriorSchema, queryPosteriorSchema } from '../../shared/posterior.ts';
import { programCheckSchema } from '../../shared/programCheck.ts';
import { progressSchema } from '../../shared/progress.ts';

const errorSchema = z.strictObject({
  kind: z.enum(['user', 'internal', 'cancelled']),
  message: z.string().max(10_000),
  hint: z.string().max(2_000).optional(),
  location: z
    .strictObject({
      file: z.string().optional(),
      line: z.number().optional(),
      column: z.number().optional(),
      excerpt: z.string().max(1_000).optional(),
      path: z.string().optional(),
    })
    .optional(),
});
/** An answer: nothing else is let in. */
export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.number(), kind: z.literal('ready') }),
  z.strictObject({ id: z.number(), kind: z.literal('progress'), progress: progressSchema }),
  z.strictObject({
    id: z.number(),
    kind: z.literal('sketch'),
    queries: z.record(z.string(), queryPosteriorSchema),
  }),
  z.strictObject({ id: z.number(), kind: z.literal('checked'), check: programCheckSchema }),
  z.strictObject({
    id: z.number(),
    kind: z.literal('result'),
    posterior: posteriorSchema,
    prior: posteriorSchema.optional(),
  }),
  z.strictObject({ id: z.number(), kind: z.literal('error'), error: errorSchema }),
]);

/** V8 ends a process that is out of memory by one of these; the system's own guard by SIGKILL; a window says oom, or crashed. */
const MEMORY_CAUSES = new Set([
  'SIGABRT',
  'SIGKILL',
  'SIGTRAP',
  'SIGILL',
  'SIGSEGV',
  'exit code 133',
  'exit code 134',
  'oom',
  'crashed',
]);

/** Whether a process that ended for `cause` ran out of memory. */
export const isMemoryCause = (cause: string): boolean => MEMORY_CAUSES.has(cause);

/** The error for a process that ended for want of memory. */
export function memoryError(file: string | undefined, cause: string): UserError {
  return new UserError(`infer: the program's process ended (${cause})`, {
    hint: 'The program takes too much memory. Is there a list or text that grows without end?',
    location: { file },
  });
}

/** The error for a program that gave no answer in its time. */
export const timeError = (file: string | undefined, seconds: number): UserError =>
  new UserError(`infer: no answer within ${seconds} s; a single run of the program takes too long`, {
    hint: 'Is there a recursion without end, or a very long list?',
    location: { file },
  });
