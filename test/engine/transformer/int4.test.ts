/** Four-bit weights: what is packed comes back within half a step of its block, and the largest of a block exactly. */
import { expect, test } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { isPackable, packInt4, unpackInt4 } from '../../../engine/transformer/int4.ts';

test('each weight comes back within half a step, but for those clamped at 7', () => {
  const random = createRandom(2);
  const weights = Float32Array.from({ length: 320 }, () => random.gaussian());
  const packed = packInt4(weights);
  expect([packed.bytes.length, packed.scales.length]).toEqual([160, 10]);
  const back = unpackInt4(packed);
  weights.forEach((weight, i) => {
    const step = Math.abs(packed.scales[Math.floor(i / 32)]);
    expect(Math.abs(back[i] - weight)).toBeLessThan(
      (back[i] / packed.scales[Math.floor(i / 32)] > 6.5 ? 1 : 0.5) * step + 1e-6,
    );
  });
  for (let block = 0; block < 10; block++) {
    const part = weights.subarray(32 * block, 32 * block + 32);
    const at = part.reduce((best, value, i) => (Math.abs(value) > Math.abs(part[best]) ? i : best), 0);
    expect(back[32 * block + at]).toBeCloseTo(part[at], 6);
  }
});

test('a block of zeros stays zeros, and rows that are not whole blocks are not packed', () => {
  expect(unpackInt4(packInt4(new Float32Array(32)))).toEqual(new Float32Array(32));
  expect([isPackable(64), isPackable(48)]).toEqual([true, false]);
  expect(() => packInt4(new Float32Array(48))).toThrow('not whole blocks');
});
