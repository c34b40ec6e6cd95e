/** The draws of programs: the sequence of sfc32 written plainly, and normals whose tails are right. */
import { expect, test } from 'vitest';
import { createDraws, type Draws } from '../../../engine/program/draws.ts';
import { createRandom } from '../../../engine/random.ts';

/** sfc32 in plain variables, after its definition: slow, and obvious. */
function createPlainBits(seed: number): () => number {
  const random = createRandom(seed);
  let [a, b, c, counter] = Array.from({ length: 4 }, () => random.integer(2 ** 32) | 0);
  counter |= 1;
  const bits = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t;
  };
  for (let i = 0; i < 12; i++) bits();
  return bits;
}

function drawsOf(seed: number): Draws {
  const draws = createDraws();
  draws.reseed(createRandom(seed));
  return draws;
}

test.each([1, 2, 2 ** 40])('seed %i gives the sequence of sfc32, bit for bit', (seed) => {
  const plain = createPlainBits(seed);
  const { bits } = drawsOf(seed);
  expect(Array.from({ length: 10_000 }, bits)).toEqual(Array.from({ length: 10_000 }, plain));
});

test('the same stream starts anew after reseeding, and two sources share nothing', () => {
  const [one, other] = [drawsOf(3), drawsOf(3)];
  const first = Array.from({ length: 20 }, one.gaussian);
  Array.from({ length: 7 }, other.uniform);
  one.reseed(createRandom(3));
  expect(Array.from({ length: 20 }, one.gaussian)).toEqual(first);
});

/** Chances of a standard normal above 1, 2, 3 and beyond the ziggurat's last layer at 3.4426. */
const ABOVE = [
  [1, 0.158655],
  [2, 0.02275],
  [3, 0.0013499],
  [3.442619855899, 0.00028805],
] as const;

test('normals are as often in both tails as they should be, beyond the last layer too', () => {
  const { gaussian } = drawsOf(5);
  const count = 2_000_000;
  const above = new Int32Array(ABOVE.length);
  const below = new Int32Array(ABOVE.length);
  for (let i = 0; i < count; i++) {
    const x = gaussian();
    for (let k = 0; k < ABOVE.length; k++) {
      if (x > ABOVE[k][0]) above[k]++;
      if (x < -ABOVE[k][0]) below[k]++;
    }
  }
  for (const [k, [z, chance]] of ABOVE.entries()) {
    const slack = 4.5 * Math.sqrt(count * chance);
    expect(Math.abs(above[k] - count * chance), `above ${z}`).toBeLessThan(slack);
    expect(Math.abs(below[k] - count * chance), `below −${z}`).toBeLessThan(slack);
  }
});
