/** Which fault a failed request tells. */
import { describe, expect, it } from 'vitest';
import { faultOfConnection, faultOfStatus, retryAfterMs, withoutKey } from '../../../main/processes/languageFaults.ts';

describe('faultOfStatus', () => {
  it.each([
    [401, '', 'key'],
    [403, 'forbidden', 'key'],
    [400, '{"error":{"message":"API key not valid. Please pass a valid API key."}}', 'key'],
    [402, '', 'quota'],
    [429, '{"error":{"code":"insufficient_quota"}}', 'quota'],
    [400, 'Your credit balance is too low to access the API', 'quota'],
    [429, 'slow down', 'rate'],
    [404, 'no such model', 'address'],
    [408, '', 'timeout'],
    [500, '', 'server'],
    [529, 'overloaded', 'server'],
    [400, 'too many tokens', 'refused'],
    [422, '', 'refused'],
  ])('reads status %i with "%s" as %s', (status, body, reason) => {
    expect(faultOfStatus(status, body, null)).toMatchObject({ reason, mayCost: false });
  });
});

describe('faultOfConnection', () => {
  it('tells a connection never made from one that broke', () => {
    const coded = (code: string): Error =>
      new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });
    expect(faultOfConnection(coded('ECONNREFUSED'), false)).toMatchObject({ reason: 'network', mayCost: false });
    expect(faultOfConnection(coded('ECONNRESET'), false)).toMatchObject({ reason: 'network', mayCost: true });
    expect(faultOfConnection(new Error('aborted'), true)).toMatchObject({ reason: 'timeout', mayCost: true });
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [{}, null],
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
  ])('reads %o', (headers: Record<string, string>, expected) => {
    expect(retryAfterMs((name) => headers[name] ?? null, now)).toBe(expected);
  });
});

describe('withoutKey', () => {
  it('takes a key out wherever it stands', () => {
    expect(withoutKey('wrong sk-1: sk-1', 'sk-1')).toBe('wrong [key]: [key]');
    expect(withoutKey('no key', undefined)).toBe('no key');
  });
});
