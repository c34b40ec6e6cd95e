/**
 * Canonical JSON: one text for one value, so that it can be hashed. Keys are sorted by UTF-16 code units, nothing is spaced.
 * **Source:** RFC 8785. Absent and `undefined` keys are the same; NaN and infinities are refused.
 */
import { createHash } from 'node:crypto';
import { InternalError } from '../../shared/errors.ts';

/** `value` as canonical text. Throws an InternalError on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InternalError(`canonical JSON of ${value}`);
  const text = JSON.stringify(value);
  if (text === undefined) throw new InternalError(`canonical JSON of a ${typeof value}`);
  return text;
}

/** SHA-256 of the canonical text, 32 bytes. */
export const canonicalHash = (value: unknown): Buffer => createHash('sha256').update(canonicalJson(value)).digest();
