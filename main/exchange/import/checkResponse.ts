/** Responses that come from a file, checked as the store checked them when they were given. */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { submittedResponseSchema } from '../../../shared/response.ts';
import { phaseSchema } from '../../../shared/screen.ts';
import type { ExportedResponse } from '../export/exportSource.ts';

/** One response and whose it is. */
export type ReadResponse = { readonly subjectId: string; readonly response: ExportedResponse };

const storedFields = z.looseObject({
  serverSeq: z.number().int(),
  revision: z.number().int(),
  isLatest: z.boolean(),
  phase: phaseSchema,
  isResumed: z.boolean(),
  receivedAt: z.string().optional(),
});

/** A response from outside, checked. Throws UserError naming the place. */
export function toReadResponse(
  value: unknown,
  place: { readonly file: string; readonly line: number },
): ExportedResponse {
  const stored = storedFields.safeParse(value);
  if (stored.success) {
    const { serverSeq, revision, isLatest, phase, isResumed, receivedAt, ...rest } = stored.data;
    const submitted = submittedResponseSchema.safeParse(rest);
    if (submitted.success)
      return {
        ...submitted.data,
        serverSeq,
        revision,
        isLatest,
        phase,
        isResumed,
        ...(receivedAt === undefined ? {} : { receivedAt }),
      };
    return refuse(submitted.error, place);
  }
  return refuse(stored.error, place);
}

function refuse(error: z.ZodError, { file, line }: { readonly file: string; readonly line: number }): never {
  const [{ path, message }] = error.issues;
  throw new UserError(`${file}:${line}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`, {
    location: { file, line },
  });
}
