/**
 * The draws of running programs: one re-seedable source, so that compiled code holds on to its functions while every chunk of runs has
 * its own stream. sfc32 as in random.ts; normals by the ziggurat, most of them from one 32-bit draw.
 * **Source:** G. Marsaglia & W. Tsang, The ziggurat method for generating random variables (2000), with layer and magnitude from
 * separate bits as J. Doornik (2005) advises.
 */
import type { Random } from '../random.ts';

export type Draws = {
  /** Continues on the stream of `random`. */
  readonly reseed: (random: Random) => void;
  /** 32 random bits as a signed integer. */
  readonly bits: () => number;
  /** Uniform on the open interval (0, 1), 32 bits. */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly gaussian: () => number;
  /** Uniform on 0 … n − 1, n at most 2³². */
  readonly integer: (n: number) => number;
};

const LAYERS = 128;
/** Where the tail begins, and the area of each layer, for 128 layers. */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;
const MAGNITUDE = 2 ** 24;

/** Layer tables: `width` turns a 24-bit magnitude into x, below `inside` the point is surely under the curve, `height` is exp(−x²/2). */
function zigguratTables(): { width: Float64Array; inside: Float64Array; height: Float64Array } {
  const width = new Float64Array(LAYERS);
  const inside = new Float64Array(LAYERS);
  const height = new Float64Array(LAYERS);
  const density = (x: number): number => Math.exp(-0.5 * x * x);
  let x = TAIL;
  const base = AREA / density(x);
  inside[0] = (x / base) * MAGNITUDE;
  width[0] = base / MAGNITUDE;
  width[LAYERS - 1] = x / MAGNITUDE;
  height[0] = 1;
  height[LAYERS - 1] = density(x);
  for (let i = LAYERS - 2; i >= 1; i--) {
    const next = Math.sqrt(-2 * Math.log(AREA / x + density(x)));
    inside[i + 1] = (next / x) * MAGNITUDE;
    width[i] = next / MAGNITUDE;
    height[i] = density(next);
    x = next;
  }
  return { width, inside, height };
}

/** A source that must be reseeded before its first use. */
export function createDraws(): Draws {
  const { width, inside, height } = zigguratTables();
  // A typed array: closures' own variables are boxed by V8, five times slower.
  const state = new Int32Array(4);

  const bits = (): number => {
    const b = state[1];
    const c = state[2];
    const counter = state[3];
    const t = (((state[0] + b) | 0) + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + t) | 0;
    state[3] = counter + 1;
    return t;
  };
  const uniform = (): number => ((bits() >>> 0) + 0.5) * 2 ** -32;

  /** A point outside the sure part of layer `layer` at signed x: kept, or replaced, or NaN to draw anew. */
  const edge = (layer: number, x: number): number => {
    if (layer === 0) {
      for (;;) {
        const beyond = -Math.log(uniform()) / TAIL;
        if (-2 * Math.log(uniform()) >= beyond * beyond) return x > 0 ? TAIL + beyond : -TAIL - beyond;
      }
    }
    const above = height[layer] + uniform() * (height[layer - 1] - height[layer]);
    return above < Math.exp(-0.5 * x * x) ? x : Number.NaN;
  };
  const gaussian = (): number => {
    for (;;) {
      const draw = bits();
      const layer = draw & 127;
      const signed = draw >> 7;
      const x = signed * width[layer];
      if (Math.abs(signed) < inside[layer]) return x;
      const kept = edge(layer, x);
      if (!Number.isNaN(kept)) return kept;
    }
  };
  const integer = (n: number): number => {
    const limit = 2 ** 32 - (2 ** 32 % n);
    let draw = bits() >>> 0;
    while (draw >= limit) draw = bits() >>> 0;
    return draw % n;
  };
  const reseed = (random: Random): void => {
    for (let i = 0; i < 4; i++) state[i] = random.integer(2 ** 32);
    state[3] |= 1;
    for (let i = 0; i < 12; i++) bits();
  };
  return { reseed, bits, uniform, gaussian, integer };
}
