/** Reply: how the answer to a call travels, over IPC and over HTTP alike. */
import type { ErrorData } from './errors.ts';

/** Why a call was turned away before any handler saw it. */
export const REFUSAL_REASONS = [
  'sub-frame',
  'origin',
  'unregistered',
  'unseated',
  'unknown-procedure',
  'role',
  'oversize',
  'rate',
  'input',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** An error as data; `refusal` says that the call was turned away before any handler saw it. */
export type ErrorReply = { readonly ok: false; readonly error: ErrorData; readonly refusal?: RefusalReason };

/** A value, or an error. */
export type CallReply = { readonly ok: true; readonly value: unknown } | ErrorReply;
