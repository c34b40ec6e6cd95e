/**
 * How base weights, which are never trained, are kept while a graph runs: fed as float32, or read by the runtime from files in float32,
 * halves or int4. Arithmetic is float32 in every case, so adapters, moments, residual stream and norms are too.
 */
import { InternalError } from '../../shared/errors.ts';
import { type Architecture, PROJECTIONS, projectionPath, weightShapes } from './architecture.ts';
import type { Tensor } from './backend.ts';
import { addInput, addStoredConstant, type DataType, type FilePlace, type Graph, type Value } from './graph/graph.ts';
import { BLOCK_SIZE } from './graph/operators/widen.ts';
import { isPackable } from './int4.ts';

/** A weight that lies in a file; int4 ones have their block scales beside them. */
export type StoredWeight = { readonly dataType: DataType; readonly place: FilePlace; readonly scales?: FilePlace };

/** Base weights as graphs and runs need them. */
export type FrozenWeights = {
  /** By name; those missing here are fed. */
  readonly stored: ReadonlyMap<string, StoredWeight>;
  /** The folder the stored ones lie in. */
  readonly folder: string | null;
  readonly fed: ReadonlyMap<string, Tensor>;
};

/** All weights fed, as float32 tensors. */
export const fedWeights = (fed: ReadonlyMap<string, Tensor>): FrozenWeights => ({
  stored: new Map(),
  folder: null,
  fed,
});

/** Declares every base weight, each a constant in its file or a float32 graph input, and returns them by name. */
export function declareFrozen(
  graph: Graph,
  architecture: Architecture,
  { stored }: Pick<FrozenWeights, 'stored'>,
): (name: string) => Value {
  const values = new Map<string, Value>();
  for (const [name, shape] of weightShapes(architecture)) {
    const weight = stored.get(name);
    values.set(
      name,
      weight ? declareStored(graph, name, shape, weight) : addInput(graph, name, { dataType: 'float32', shape }),
    );
  }
  return (name) => {
    const value = values.get(name);
    if (!value) throw new InternalError(`no weight "${name}"`);
    return value;
  };
}

function declareStored(graph: Graph, name: string, shape: readonly number[], weight: StoredWeight): Value {
  const value = addStoredConstant(graph, { name, dataType: weight.dataType, shape }, weight.place);
  if (weight.scales) {
    const scales: Value = { name: `${name}/scales`, dataType: 'float32', shape: [shape[0], shape[1] / BLOCK_SIZE] };
    graph.blockScales.set(name, addStoredConstant(graph, scales, weight.scales));
  }
  return value;
}

/** Names of the weights kept in four bits under `int4`: the projections whose rows are whole blocks. Embedding, head and norms stay wider. */
export function packedNames(architecture: Architecture): ReadonlySet<string> {
  const shapes = weightShapes(architecture);
  const names = Array.from({ length: architecture.layers }, (_, layer) =>
    PROJECTIONS.map((projection) => `${projectionPath(layer, projection)}.weight`),
  ).flat();
  return new Set(names.filter((name) => isPackable(shapes.get(name)?.[1] ?? 1)));
}
