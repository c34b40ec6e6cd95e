/**
 * Weights in four bits: each block of 32 neighbours in a row shares a scale, and a weight is a whole number −8…7 times it. The scale puts the
 * block's largest weight in magnitude on −8 exactly. Two weights share a byte, the earlier one in its low half.
 * **Source:** ONNX DequantizeLinear with `block_size` (int4); the scale as in llama.cpp's Q4_0.
 */
import { InternalError } from '../../shared/errors.ts';
import { BLOCK_SIZE } from './graph/operators/widen.ts';

/** Bytes of two weights each [out · in / 2] and scales [out · in / 32]. */
export type PackedWeight = { readonly bytes: Uint8Array; readonly scales: Float32Array };

/** The packed form of a row-major matrix whose rows are whole blocks. */
export function packInt4(weights: Float32Array): PackedWeight {
  if (weights.length % BLOCK_SIZE !== 0) throw new InternalError(`${weights.length} weights are not whole blocks`);
  const bytes = new Uint8Array(weights.length / 2);
  const scales = new Float32Array(weights.length / BLOCK_SIZE);
  for (let block = 0; block < scales.length; block++) {
    const start = block * BLOCK_SIZE;
    let largest = 0;
    for (let i = start; i < start + BLOCK_SIZE; i++) if (Math.abs(weights[i]) > Math.abs(largest)) largest = weights[i];
    // −0 becomes 0.
    scales[block] = largest / -8 || 0;
    const perUnit = scales[block] === 0 ? 0 : 1 / scales[block];
    for (let i = start; i < start + BLOCK_SIZE; i += 2)
      bytes[i / 2] = nibble(weights[i] * perUnit) | (nibble(weights[i + 1] * perUnit) << 4);
  }
  return { bytes, scales };
}

/** The nearest whole number in −8…7, as its four bits. */
const nibble = (value: number): number => Math.min(7, Math.max(-8, Math.round(value))) & 15;

/** The weights that `packed` stands for. */
export function unpackInt4({ bytes, scales }: PackedWeight): Float32Array {
  const signed = (bits: number): number => (bits > 7 ? bits - 16 : bits);
  return Float32Array.from({ length: bytes.length * 2 }, (_, i) => {
    const bits = (bytes[i >> 1] >> (4 * (i & 1))) & 15;
    return signed(bits) * scales[Math.floor(i / BLOCK_SIZE)];
  });
}

/** Whether a matrix of rows of `width` weights can be packed. */
export const isPackable = (width: number): boolean => width % BLOCK_SIZE === 0;
