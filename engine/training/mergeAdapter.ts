/** Merging: W' = W + (alpha/rank)·B·A, which answers like base and adapter together. **Source:** E. Hu et al., LoRA (2021), §4.1. */
import { InternalError } from '../../shared/errors.ts';
import { type Architecture, projectionPath, projectionShape } from '../transformer/architecture.ts';
import type { Tensor } from '../transformer/backend.ts';
import { type AdapterSpec, adapterNames } from './lora.ts';

/** W + scale·B·A for W [out, in], A [R, in], B [out, R]; summed in float64, stored as float32. */
function mergeWeight(weight: Float32Array, a: Float32Array, b: Float32Array, scale: number): Float32Array {
  const R = Math.round(Math.sqrt((a.length * b.length) / weight.length));
  const width = a.length / R;
  return weight.map((value, i) => {
    const row = Math.floor(i / width);
    const column = i % width;
    let sum = 0;
    for (let r = 0; r < R; r++) sum += b[row * R + r] * a[r * width + column];
    return value + scale * sum;
  });
}

/** The base weights with the adapter worked in; those it does not touch are the same tensors. */
export function mergeAdapter(
  architecture: Architecture,
  weights: ReadonlyMap<string, Tensor>,
  { spec, tensors }: { readonly spec: AdapterSpec; readonly tensors: ReadonlyMap<string, Tensor> },
): Map<string, Tensor> {
  const merged = new Map(weights);
  for (let layer = 0; layer < architecture.layers; layer++)
    for (const projection of spec.projections) {
      const path = projectionPath(layer, projection);
      const names = adapterNames(path);
      const parts = [weights.get(`${path}.weight`), tensors.get(names.a), tensors.get(names.b)];
      const [weight, a, b] = parts.map((tensor) => tensor?.data);
      if (!(weight instanceof Float32Array && a instanceof Float32Array && b instanceof Float32Array))
        throw new InternalError(`cannot merge ${path}`);
      const shape = projectionShape(architecture, projection);
      const data = mergeWeight(weight, a, b, spec.alpha / spec.rank);
      merged.set(`${path}.weight`, { dataType: 'float32', shape, data });
    }
  return merged;
}
