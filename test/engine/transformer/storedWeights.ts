/** Recorded weights written to a file in narrow types, and the float32 numbers they then stand for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { narrowToHalves, widenHalves } from '../../../engine/transformer/floatFormats.ts';
import { type FrozenWeights, packedNames, type StoredWeight } from '../../../engine/transformer/frozenWeights.ts';
import { packInt4, unpackInt4 } from '../../../engine/transformer/int4.ts';
import type { GoldenTransformer } from './goldens.ts';

/** The weights in a file in `folder`, halves but for the projections in int4 if asked, and what they stand for as float32. */
export function storeWeights(
  folder: string,
  { architecture, weights }: GoldenTransformer,
  isPacked: boolean,
): [FrozenWeights, GoldenTransformer] {
  const file = isPacked ? 'int4.bin' : 'halves.bin';
  const packed = isPacked ? packedNames(architecture) : new Set<string>();
  const parts: Uint8Array[] = [];
  let offset = 0;
  const put = (data: Uint8Array | Uint16Array | Float32Array) => {
    const place = { file, offset, length: data.byteLength };
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
    return place;
  };
  const stored = new Map<string, StoredWeight>();
  const wide = new Map(weights);
  for (const [name, tensor] of weights) {
    const data = tensor.data as Float32Array;
    if (packed.has(name)) {
      const { bytes, scales } = packInt4(data);
      stored.set(name, { dataType: 'int4', place: put(bytes), scales: put(scales) });
      wide.set(name, { ...tensor, data: unpackInt4({ bytes, scales }) });
    } else {
      const halves = narrowToHalves(data);
      stored.set(name, { dataType: 'float16', place: put(halves) });
      wide.set(name, { ...tensor, data: widenHalves(halves) });
    }
  }
  writeFileSync(join(folder, file), Buffer.concat(parts));
  return [
    { stored, folder, fed: new Map() },
    { architecture, weights: wide },
  ];
}
