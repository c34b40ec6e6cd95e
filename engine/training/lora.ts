/**
 * LoRA: y = x·Wᵀ + (alpha/rank)·x·Aᵀ·Bᵀ with A [R, in] and B [out, R] trained and W frozen; named and stored as PEFT does.
 * **Source:** E. Hu et al., LoRA (2021); PEFT's `lora_A`/`lora_B` names and Kaiming-uniform A, zero B.
 */
import type { Random } from '../random.ts';
import {
  type Architecture,
  PROJECTIONS,
  type Projection,
  projectionPath,
  projectionShape,
} from '../transformer/architecture.ts';
import type { AdapterPair } from '../transformer/decoder.ts';
import { addInput, type Graph, type Value } from '../transformer/graph/graph.ts';
import { layoutParameters, type ParameterLayout, parameterViews } from './parameters.ts';

/** What an adapter adapts and how strongly: the scale is alpha / rank. */
export type AdapterSpec = {
  readonly rank: number;
  readonly alpha: number;
  readonly projections: readonly Projection[];
};

/** The paper's: all but k. */
export const DEFAULT_PROJECTIONS: readonly Projection[] = PROJECTIONS.filter((projection) => projection !== 'k_proj');

const PREFIX = 'base_model.model.';
const nameA = (path: string): string => `${PREFIX}${path}.lora_A.weight`;
const nameB = (path: string): string => `${PREFIX}${path}.lora_B.weight`;

/** PEFT's names of the pair on the projection at `path`. */
export const adapterNames = (path: string): { readonly a: string; readonly b: string } => ({
  a: nameA(path),
  b: nameB(path),
});

/** The adapter's tensors, PEFT names, layer by layer. */
export function adapterLayout(architecture: Architecture, spec: AdapterSpec): ParameterLayout {
  const shapes = new Map<string, readonly number[]>();
  for (let layer = 0; layer < architecture.layers; layer++)
    for (const projection of spec.projections) {
      const [out, input] = projectionShape(architecture, projection);
      const path = projectionPath(layer, projection);
      shapes.set(nameA(path), [spec.rank, input]);
      shapes.set(nameB(path), [out, spec.rank]);
    }
  return layoutParameters(shapes);
}

/** A fresh adapter: A uniform within ±1/√in, B zero, so that it changes nothing yet. One random stream per tensor. */
export function initAdapter(random: Random, layout: ParameterLayout): Float32Array {
  const vector = new Float32Array(layout.length);
  const views = parameterViews(layout, vector);
  layout.names.forEach((name, i) => {
    if (!name.endsWith('.lora_A.weight')) return;
    const stream = random.split(name);
    const bound = 1 / Math.sqrt(layout.shapes[i][1]);
    const view = views.get(name);
    view?.forEach((_, j) => {
      view[j] = bound * (2 * stream.uniform() - 1);
    });
  });
  return vector;
}

/** Declares the adapter's tensors as graph inputs and returns the pair of each adapted projection. */
export function declareAdapter(
  graph: Graph,
  layout: ParameterLayout,
  spec: AdapterSpec,
  options: { readonly isTrainable: boolean; readonly dropout?: (path: string) => Value | undefined },
): (path: string) => AdapterPair | undefined {
  const values = new Map(
    layout.names.map((name, i) => [
      name,
      addInput(graph, name, { dataType: 'float32', shape: layout.shapes[i], isTrainable: options.isTrainable }),
    ]),
  );
  return (path) => {
    const a = values.get(nameA(path));
    const b = values.get(nameB(path));
    return a && b ? { a, b, scale: spec.alpha / spec.rank, dropout: options.dropout?.(path) } : undefined;
  };
}
