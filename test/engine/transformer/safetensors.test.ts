/** The safetensors reader: round trips, and a named refusal for every way a file can be malformed. */
import { expect, test } from 'vitest';
import { narrowToHalves, widenBrains, widenHalves } from '../../../engine/transformer/floatFormats.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../engine/transformer/safetensors.ts';

const FILE = 'model.safetensors';

/** A file with this header object (or text) and this many data bytes. */
function fileOf(header: unknown, dataBytes: number, changes: { length?: number } = {}): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(changes.length ?? text.length), true);
  file.set(text, 8);
  return file;
}

const tensor = (dtype: string, shape: number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

test('what is written reads back, half precision included', () => {
  const full = Float32Array.of(1.5, -2, Math.PI);
  const halves = narrowToHalves(Float32Array.of(0.5, -65504, 2 ** -24));
  const bytes = encodeSafetensors(
    new Map([
      ['full', { shape: [3], data: full }],
      ['half', { shape: [1, 3], data: halves }],
    ]),
    { format: 'pt', step: '7' },
  );
  const { tensors, metadata } = decodeSafetensors(bytes, FILE);
  expect(metadata).toEqual({ format: 'pt', step: '7' });
  expect(tensors.get('full')).toEqual({ shape: [3], data: full });
  expect(tensors.get('half')).toEqual({ shape: [1, 3], data: Float32Array.of(0.5, -65504, 2 ** -24) });
});

test('half precision rounds to nearest, ties to even, and every half widens to itself', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);
  const widened = widenHalves(all);
  const back = narrowToHalves(widened);
  expect(all.filter((bits) => !Number.isNaN(widened[bits]) && back[bits] !== bits)).toHaveLength(0);
  // 1 + 2⁻¹¹ lies between 1 and the next half: down to the even one; 1 + 3·2⁻¹¹ goes up.
  expect([...widenHalves(narrowToHalves(Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1e6)))]).toEqual([
    1,
    1 + 2 ** -9,
    Number.POSITIVE_INFINITY,
  ]);
  expect([...widenBrains(Uint16Array.of(0x3f80, 0xc000))]).toEqual([1, -2]);
});

const GOOD = { a: tensor('F32', [2], 0, 8) };
const MALFORMED: Readonly<Record<string, { file: Uint8Array; says: string; path?: string }>> = {
  'a file of three bytes': { file: new Uint8Array(3), says: 'at least 8 bytes' },
  'a header longer than the file': { file: fileOf(GOOD, 8, { length: 10_000 }), says: 'does not fit' },
  'a header of absurd length': { file: fileOf(GOOD, 8, { length: 2 ** 50 }), says: 'does not fit' },
  'a header that is not JSON': { file: fileOf('{"a": ', 8), says: 'not a JSON object' },
  'a header that is a list': { file: fileOf('[1, 2]', 8), says: 'not a JSON object' },
  'an unknown type': { file: fileOf({ a: tensor('I64', [1], 0, 8) }, 8), says: 'received I64', path: 'a' },
  'a shape that does not fit the offsets': {
    file: fileOf({ a: tensor('F32', [3], 0, 8) }, 8),
    says: 'takes 12 bytes',
    path: 'a',
  },
  'a negative size': { file: fileOf({ a: tensor('F32', [-2], 0, 8) }, 8), says: 'shape', path: 'a' },
  'an overlap': {
    file: fileOf({ a: tensor('F32', [2], 0, 8), b: tensor('F32', [2], 4, 12) }, 12),
    says: 'overlapping',
    path: 'b',
  },
  'a hole': {
    file: fileOf({ a: tensor('F32', [2], 0, 8), b: tensor('F32', [1], 12, 16) }, 16),
    says: 'hole',
    path: 'b',
  },
  'a truncated file': { file: fileOf(GOOD, 4), says: 'ends at byte', path: 'a' },
  'bytes after the last tensor': { file: fileOf(GOOD, 12), says: 'the tensors end at byte' },
  'metadata that is not text': { file: fileOf({ __metadata__: { a: 1 }, ...GOOD }, 8), says: '__metadata__' },
};

test.each(Object.entries(MALFORMED))('%s is refused by name', (_, { file, says, path }) => {
  let error: unknown;
  try {
    decodeSafetensors(file, FILE);
  } catch (caught) {
    error = caught;
  }
  expect(error).toMatchObject({ name: 'UserError', message: expect.stringContaining(says) });
  expect(error).toMatchObject({ location: { file: FILE, ...(path ? { path } : {}) } });
});
