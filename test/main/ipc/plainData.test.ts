/** Plain data: exactly what may cross, counted without recursion, refused at the first flaw with its place. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findDataFlaw } from '../../../main/ipc/plainData.ts';

const LIMITS = { maxBytes: 10_000, maxDepth: 8 };

it('lets every JSON value within the limits pass', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      fc.pre(
        JSON.stringify(value).length < 1000 && !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)),
      );
      expect(findDataFlaw(value, LIMITS)).toBeUndefined();
    }),
  );
});

it('names the place of a flaw', () => {
  expect(findDataFlaw({ samples: [1, 2, { x: Number.NaN }] }, LIMITS)).toEqual({
    reason: 'not-plain',
    path: 'samples[2].x',
    detail: 'NaN is not a finite number',
  });
  expect(findDataFlaw({ a: JSON.parse('{"__proto__": 1}') }, LIMITS)).toMatchObject({ reason: 'not-plain', path: 'a' });
});

it('counts text in bytes, keys and empty items too', () => {
  expect(findDataFlaw('€'.repeat(3333), LIMITS)).toBeUndefined();
  expect(findDataFlaw('€'.repeat(3334), LIMITS)).toMatchObject({ reason: 'oversize' });
  expect(findDataFlaw({ ['k'.repeat(10_001)]: 1 }, LIMITS)).toMatchObject({ reason: 'oversize' });
  expect(findDataFlaw(new Array(10_001), LIMITS)).toMatchObject({ reason: 'oversize' });
  expect(findDataFlaw(new Array(900_000).fill(0), { maxBytes: 1_000_000, maxDepth: 8 })).toMatchObject({
    reason: 'oversize',
  });
});

it('looks behind the holes of an array', () => {
  const holed: unknown[] = [Number.NaN];
  holed[5] = 1;
  expect(findDataFlaw({ holed }, LIMITS)).toMatchObject({ reason: 'not-plain', path: 'holed[0]' });
});

it('ends at once on values that refer to themselves or are nested for ever', () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(findDataFlaw(loop, LIMITS)).toMatchObject({ reason: 'oversize', detail: 'nested deeper than 8 levels' });
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(findDataFlaw(deep, LIMITS)).toMatchObject({ reason: 'oversize' });
});
