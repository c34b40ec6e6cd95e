/**
 * Random numbers: a splittable generator. A stream is named by a seed and a path of labels, and splitting takes nothing from the parent,
 * so a draw added in one place moves no other place. Streams are keyed by hashing (MurmurHash3's mixing) and run on sfc32.
 * **Source:** C. Doty-Humphrey, PractRand (sfc32); A. Appleby, MurmurHash3 (finalizer).
 */

/** One stream of draws. */
export type Random = {
  /** Uniform on [0, 1), 32 bits. */
  readonly uniform: () => number;
  /** Uniform on the integers 0 … n − 1; n from 1 to 2³². */
  readonly integer: (n: number) => number;
  /** Standard normal. */
  readonly gaussian: () => number;
  /** The child stream under these labels: the same labels give the same stream, whatever was drawn before. */
  readonly split: (...labels: readonly (string | number)[]) => Random;
};

/** 128 bits that name a stream. */
type Key = readonly [number, number, number, number];

function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Absorbs one 32-bit word into the key; each lane sees it with its own constant and its neighbour's state. */
function absorb(key: Key, word: number): Key {
  const a = mix(key[0] ^ Math.imul(word, 0x9e3779b1));
  const b = mix(key[1] ^ Math.imul(word, 0x85ebca77) ^ a);
  const c = mix(key[2] ^ Math.imul(word, 0xc2b2ae3d) ^ b);
  const d = mix(key[3] ^ Math.imul(word, 0x27d4eb2f) ^ c);
  return [mix(a + d), b, c, d];
}

function absorbLabel(key: Key, label: string | number): Key {
  if (typeof label === 'number') {
    const high = Math.floor(label / 2 ** 32);
    return absorb(absorb(absorb(key, 1), label >>> 0), high >>> 0);
  }
  let next = absorb(absorb(key, 2), label.length);
  for (let i = 0; i < label.length; i++) next = absorb(next, label.charCodeAt(i));
  return next;
}

function fromKey(key: Key): Random {
  let [a, b, c] = key;
  let counter = key[3] | 1;
  let spare = Number.NaN;

  const bits = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();

  const uniform = (): number => bits() * 2 ** -32;
  const integer = (n: number): number => {
    // Draws at or above the largest multiple of n are thrown away, so that every value is equally likely.
    const limit = 2 ** 32 - (2 ** 32 % n);
    let draw = bits();
    while (draw >= limit) draw = bits();
    return draw % n;
  };
  // Marsaglia's polar method gives two normals at a time.
  const gaussian = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(r)) / r);
      spare = y * scale;
      return x * scale;
    }
  };
  return { uniform, integer, gaussian, split: (...labels) => fromKey(labels.reduce(absorbLabel, key)) };
}

/** The stream of `seed` (an integer, |seed| < 2⁵³). */
export const createRandom = (seed: number): Random =>
  fromKey(absorbLabel([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], seed));

/** A shuffled copy (Fisher–Yates). */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** One of `values`, each equally likely. `values` must not be empty. */
export const pick = <T>(random: Random, values: readonly T[]): T => values[random.integer(values.length)];
