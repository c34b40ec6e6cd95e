/** Half-precision numbers: IEEE binary16 and bfloat16, widened to float32 exactly and rounded from it to nearest, ties to even. */

const word = new Uint32Array(1);
const single = new Float32Array(word.buffer);

/** All 65,536 values of binary16. */
const HALF_VALUES = Float32Array.from({ length: 65_536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});

/** binary16 bits → float32. */
export function widenHalves(bits: Uint16Array): Float32Array {
  const result = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) result[i] = HALF_VALUES[bits[i]];
  return result;
}

/** bfloat16 bits → float32: the upper half of a float32. */
export function widenBrains(bits: Uint16Array): Float32Array {
  const result = new Float32Array(bits.length);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i] << 16;
  return result;
}

function toHalf(value: number): number {
  single[0] = value;
  const bits = word[0];
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00);
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below the smallest normal: a whole number of 2⁻²⁴, Math.round's halves going up corrected to even.
    const scaled = Math.abs(value) * 2 ** 24;
    const floor = Math.floor(scaled);
    const rest = scaled - floor;
    return sign | (floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0));
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

/** float32 → binary16 bits; beyond ±65,504 becomes infinity. */
export function narrowToHalves(values: Float32Array): Uint16Array {
  const result = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = toHalf(values[i]);
  return result;
}

/** float32 → bfloat16 bits: the upper half, rounded; not-a-number stays one. */
export function narrowToBrains(values: Float32Array): Uint16Array {
  const result = new Uint16Array(values.length);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) {
    const bits = words[i];
    const isNumber = (bits & 0x7fffffff) <= 0x7f800000;
    result[i] = isNumber ? (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16 : (bits >>> 16) | 0x40;
  }
  return result;
}
