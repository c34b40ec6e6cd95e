/**
 * Dropout before an adapter's A: each channel of each token is set to zero with probability p, the rest scaled by 1 / (1 − p). Masks are fed,
 * drawn from (seed, step, projection), so that a resumed run drops the same.
 * **Source:** E. Hu et al., LoRA (2021), `lora_dropout` of PEFT.
 */
import type { Random } from '../random.ts';
import { type Architecture, projectionPath, projectionShape } from '../transformer/architecture.ts';
import type { Tensor } from '../transformer/backend.ts';
import { addInput, type Graph, type Value } from '../transformer/graph/graph.ts';
import type { AdapterSpec } from './lora.ts';

const maskName = (path: string): string => `dropout/${path}`;

/** Every adapted projection: its path, the width of its input, and whether it runs at the read rows only (as the last layer's do, but for k and v). */
function adaptedInputs(
  architecture: Architecture,
  spec: AdapterSpec,
): { readonly path: string; readonly width: number; readonly isReadOnly: boolean }[] {
  return Array.from({ length: architecture.layers }, (_, layer) =>
    spec.projections.map((projection) => ({
      path: projectionPath(layer, projection),
      width: projectionShape(architecture, projection)[1],
      isReadOnly: layer === architecture.layers - 1 && projection !== 'k_proj' && projection !== 'v_proj',
    })),
  ).flat();
}

/** Declares the masks as graph inputs; returns that of a projection by path. */
export function declareDropout(
  graph: Graph,
  architecture: Architecture,
  spec: AdapterSpec,
): (path: string) => Value | undefined {
  const masks = new Map(
    adaptedInputs(architecture, spec).map(({ path, width, isReadOnly }) => [
      path,
      addInput(graph, maskName(path), { dataType: 'float32', shape: [isReadOnly ? 'BA' : 'N', width] }),
    ]),
  );
  return (path) => masks.get(path);
}

/** Masks for a batch of `tokens` positions (B·T) and `reads` read rows (B·A), dropping with probability `dropout`. */
export function dropoutFeeds(
  random: Random,
  { architecture, spec, dropout }: { architecture: Architecture; spec: AdapterSpec; dropout: number },
  sizes: { readonly tokens: number; readonly reads: number },
): Map<string, Tensor> {
  const kept = 1 / (1 - dropout);
  return new Map(
    adaptedInputs(architecture, spec).map(({ path, width, isReadOnly }) => {
      const rows = isReadOnly ? sizes.reads : sizes.tokens;
      const stream = random.split(path);
      const data = Float32Array.from({ length: rows * width }, () => (stream.uniform() < dropout ? 0 : kept));
      return [maskName(path), { dataType: 'float32' as const, shape: [rows, width], data }];
    }),
  );
}
