/**
 * Frozen weights kept in a narrow type, widened to float32 where they are used: halves by a cast, int4 by block scales. Every use widens
 * anew, so that the wide copy lives only as long as one product; a shared one would hold all weights wide from forward to backward.
 */
import { InternalError } from '../../../../shared/errors.ts';
import { addNode, type Graph, type Value } from '../graph.ts';

/** Weights of a row that share one scale in int4. */
export const BLOCK_SIZE = 32;
/** ONNX's number for float32, where an attribute names a type. */
const FLOAT_32 = 1;

/** `x` as float32; itself where it is that already. No gradient: a narrow value is never trained. */
export function widened(graph: Graph, x: Value): Value {
  if (x.dataType === 'float32') return x;
  const wide = emitWidened(graph, x);
  if (graph.constants.some(({ value }) => value.name === x.name)) graph.leading.add(wide.name);
  return wide;
}

function emitWidened(graph: Graph, x: Value): Value {
  if (x.dataType === 'float16' || x.dataType === 'bfloat16')
    return addNode(graph, {
      operator: 'Cast',
      inputs: [x],
      attributes: { to: { kind: 'int', value: FLOAT_32 } },
      dataType: 'float32',
      shape: x.shape,
    });
  const scales = graph.blockScales.get(x.name);
  if (x.dataType !== 'int4' || !scales) throw new InternalError(`"${x.name}" of type ${x.dataType} is no weight`);
  return addNode(graph, {
    operator: 'DequantizeLinear',
    inputs: [x, scales],
    attributes: { axis: { kind: 'int', value: 1 }, block_size: { kind: 'int', value: BLOCK_SIZE } },
    dataType: 'float32',
    shape: x.shape,
  });
}
