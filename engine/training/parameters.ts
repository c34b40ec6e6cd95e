/** Trainable parameters as one flat vector with a named window per tensor, so that optimizer and checkpoints see a single array. */
import { InternalError } from '../../shared/errors.ts';
import type { Tensor } from '../transformer/backend.ts';

export type ParameterLayout = {
  readonly names: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  /** Where each tensor begins in the vector. */
  readonly offsets: readonly number[];
  /** Length of the vector. */
  readonly length: number;
};

/** The layout of tensors in the given order. */
export function layoutParameters(shapes: ReadonlyMap<string, readonly number[]>): ParameterLayout {
  const offsets: number[] = [];
  let length = 0;
  for (const shape of shapes.values()) {
    offsets.push(length);
    length += shape.reduce((product, size) => product * size, 1);
  }
  return { names: [...shapes.keys()], shapes: [...shapes.values()], offsets, length };
}

/** Name → window into `vector`; writing to a window writes to the vector. */
export function parameterViews(layout: ParameterLayout, vector: Float32Array): Map<string, Float32Array> {
  if (vector.length !== layout.length)
    throw new InternalError(`a vector of ${layout.length} expected, received ${vector.length}`);
  return new Map(
    layout.names.map((name, i) => [name, vector.subarray(layout.offsets[i], layout.offsets[i + 1] ?? layout.length)]),
  );
}

/** The same as tensors. */
export const parameterTensors = (layout: ParameterLayout, vector: Float32Array): Map<string, Tensor> =>
  new Map(
    [...parameterViews(layout, vector)].map(([name, data], i) => [
      name,
      { dataType: 'float32' as const, shape: layout.shapes[i], data },
    ]),
  );
