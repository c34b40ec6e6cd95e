/** Reply: how the answer to a call travels, over IPC and over HTTP alike. */
import type { ErrorData } from './errors.ts';

/** Why a call was turned away before any handler saw it. */
export const REFUSAL_REASONS = [
  'sub-frame',
  'origin',
  'unregistered',
  'unknown-procedure',
  'role',
  'oversize',
  'rate',
  'input',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** A value, or an error as data; `refusal` says that the router turned the call away. */
export type CallReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorData; readonly refusal?: RefusalReason };
