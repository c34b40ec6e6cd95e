/** What a failed request to a language service means: pass it by and try again, give the question up, or stop altogether. */
import type { FaultReason, LanguageFault } from './languageMessages.ts';

const LARGEST_EXCERPT = 300;

/** `text` without the key, should the service repeat it. */
export const withoutKey = (text: string, key: string | undefined): string =>
  key ? text.replaceAll(key, '[key]') : text;

/** The wait a reply asks for, in ms: `retry-after-ms`, or `retry-after` in seconds or as a date. Null where it asks for none. */
export function retryAfterMs(header: (name: string) => string | null, nowMs: number): number | null {
  const exact = Number(header('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const text = header('retry-after');
  if (text === null) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, 1000 * seconds);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** Services say by these words, not by a status of its own, that no more is to be had. */
const QUOTA_WORDS =
  /insufficient_quota|billing|credit balance|exceeded your current quota|payment required|spending limit/i;
const KEY_WORDS =
  /api[ _-]?key[^.]{0,40}(invalid|not valid|incorrect|expired)|(invalid|incorrect|expired)[^.]{0,20}api[ _-]?key/i;

function reasonOf(status: number, body: string): FaultReason {
  if (status === 402 || ((status === 429 || status === 403 || status === 400) && QUOTA_WORDS.test(body)))
    return 'quota';
  if (status === 401 || status === 403 || (status === 400 && KEY_WORDS.test(body))) return 'key';
  if (status === 404 || status === 405) return 'address';
  if (status === 429) return 'rate';
  if (status === 408) return 'timeout';
  return status >= 500 || status === 409 || status === 425 ? 'server' : 'refused';
}

/** The fault that a reply other than success tells. */
export function faultOfStatus(status: number, body: string, waitMs: number | null): LanguageFault {
  const excerpt = body.replace(/\s+/g, ' ').trim().slice(0, LARGEST_EXCERPT);
  return {
    reason: reasonOf(status, body),
    message: `status ${status}${excerpt ? `: ${excerpt}` : ''}`,
    retryAfterMs: waitMs,
    mayCost: false,
  };
}

/** Codes of a connection that was never made: nothing was asked, so nothing is charged. */
const UNCONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function codeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return undefined;
}

/** The fault behind a request that ended without a whole reply. */
export function faultOfConnection(error: unknown, hasTimedOut: boolean): LanguageFault {
  if (hasTimedOut) return { reason: 'timeout', message: 'no reply in time', retryAfterMs: null, mayCost: true };
  const code = codeOf(error);
  const message = code ?? (error instanceof Error ? error.message : String(error));
  return {
    reason: 'network',
    message: `the connection failed: ${message}`,
    retryAfterMs: null,
    mayCost: code === undefined || !UNCONNECTED.has(code),
  };
}
