/** Canonical JSON: one text for one value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalJson } from '../../../main/store/canonicalJson.ts';

describe('canonicalJson', () => {
  it('sorts keys by code units and spaces nothing', () => {
    // RFC 8785, section 3.2.3: the sorted order of its example keys.
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const value = Object.fromEntries(keys.map((key, i) => [key, i]));
    expect(Object.keys(JSON.parse(canonicalJson(value)))).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 1e21, z: undefined })).toBe(
      '{"a":1e+21,"b":[1,{"c":"x","d":null}]}',
    );
  });

  it('reads back as the same value, and hashes alike whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
    expect(canonicalHash({ a: 1, b: 2 }).equals(canonicalHash({ b: 2, a: 1 }))).toBe(true);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [() => 1]])('refuses %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow('internal: canonical JSON of');
  });
});
