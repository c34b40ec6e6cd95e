/** Merging: W' = W + (alpha/rank)·B·A, which answers like base and adapter together. **Source:** E. Hu et al., LoRA (2021), §4.1. */
import { InternalError } from '../../shared/errors.ts';
import { type Architecture, projectionPath } from '../transformer/architecture.ts';
import type { Tensor } from '../transformer/backend.ts';
import { type AdapterSpec, adapterNames } from './lora.ts';

/** An adapter's spec and its tensors by PEFT name. */
export type LoadedAdapter = { readonly spec: AdapterSpec; readonly tensors: ReadonlyMap<string, Tensor> };

/** The pair that changes one weight: A [R, in], B [out, R]. */
export type WeightChange = { readonly a: Float32Array; readonly b: Float32Array; readonly scale: number };

/** What the adapter does to each weight it changes, by the weight's name. */
export function weightChanges(architecture: Architecture, { spec, tensors }: LoadedAdapter): Map<string, WeightChange> {
  const changes = new Map<string, WeightChange>();
  for (let layer = 0; layer < architecture.layers; layer++)
    for (const projection of spec.projections) {
      const path = projectionPath(layer, projection);
      const names = adapterNames(path);
      const [a, b] = [tensors.get(names.a)?.data, tensors.get(names.b)?.data];
      if (!(a instanceof Float32Array && b instanceof Float32Array)) throw new InternalError(`cannot merge ${path}`);
      changes.set(`${path}.weight`, { a, b, scale: spec.alpha / spec.rank });
    }
  return changes;
}

/** Adds scale·B·A to `rows` of W [out, in] in place; they begin with row `firstRow`. Summed in float64, stored as float32. */
export function mergeRows(rows: Float32Array, firstRow: number, rank: number, { a, b, scale }: WeightChange): void {
  const width = a.length / rank;
  const sums = new Float64Array(width);
  for (let row = 0; row < rows.length / width; row++) {
    sums.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scale * b[(firstRow + row) * rank + r];
      const start = r * width;
      for (let column = 0; column < width; column++) sums[column] += factor * a[start + column];
    }
    for (let column = 0; column < width; column++) rows[row * width + column] += sums[column];
  }
}

/** The base weights with the adapter worked in; those it does not touch are the same tensors. */
export function mergeAdapter(
  architecture: Architecture,
  weights: ReadonlyMap<string, Tensor>,
  adapter: LoadedAdapter,
): Map<string, Tensor> {
  const merged = new Map(weights);
  for (const [name, change] of weightChanges(architecture, adapter)) {
    const weight = weights.get(name);
    if (!(weight?.data instanceof Float32Array)) throw new InternalError(`cannot merge ${name}`);
    const data = weight.data.slice();
    mergeRows(data, 0, adapter.spec.rank, change);
    merged.set(name, { ...weight, data });
  }
  return merged;
}
