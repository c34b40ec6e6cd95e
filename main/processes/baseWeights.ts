/**
 * Base weights made ready to run. On the CPU they stay in the folder's own files where their type allows, and the system maps them; bf16 kept as
 * float32 is widened in memory. Other types and devices get a converted file beside the run, written a few rows at a time.
 */
import { realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Architecture, weightShapes } from '../../engine/transformer/architecture.ts';
import type { Backend, Tensor } from '../../engine/transformer/backend.ts';
import { narrowToHalves } from '../../engine/transformer/floatFormats.ts';
import { type FrozenWeights, packedNames, type StoredWeight } from '../../engine/transformer/frozenWeights.ts';
import type { DataType, FilePlace } from '../../engine/transformer/graph/graph.ts';
import { packInt4 } from '../../engine/transformer/int4.ts';
import type { StoredType } from '../../engine/transformer/safetensors.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { WeightType } from '../../shared/training.ts';
import { openPieceWriter, type PieceWriter } from './durableFiles.ts';
import { openWeights, type WeightFiles } from './transformerFolder.ts';

const DATA_TYPES: Readonly<Record<StoredType, DataType>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' };
/** Weights converted at once. */
const CHUNK = 2 ** 22;

/** What decides how weights are kept; a converted file is written into `scratch`. */
export type WeightOptions = {
  readonly type: WeightType;
  readonly device: Backend['name'];
  readonly scratch: string;
};

/** Weights ready to run; `close` removes what was written for them. */
export type BaseWeights = FrozenWeights & { readonly close: () => void };

/** The weights of the transformer in `folder`. Throws UserError for files that are not right, CancelledError on `control.signal`. */
export async function openBaseWeights(
  folder: string,
  architecture: Architecture,
  options: WeightOptions,
  control: RunControl = {},
): Promise<BaseWeights> {
  const files = openWeights(folder, architecture);
  try {
    const mapped = options.device === 'cpu' ? mapFiles(files, options.type) : null;
    if (mapped) return { ...mapped, fed: new Map(), close: () => {} };
    if (options.device === 'cpu' && options.type === 'float32') return widenAll(files, architecture);
    return await convert(files, architecture, options, control);
  } finally {
    files.close();
  }
}

/** Weights where they lie, if all files are of the wanted type and, links followed, in one folder. */
function mapFiles(files: WeightFiles, type: WeightType): Pick<FrozenWeights, 'stored' | 'folder'> | null {
  const wanted: readonly StoredType[] = type === 'float32' ? ['F32'] : ['F16', 'BF16'];
  const entries = [...files.entries];
  const fits = entries.every(
    ([, { storedType, shape }]) => wanted.includes(storedType) || (type === 'float16' && shape.length === 1),
  );
  const folders = new Set(entries.map(([, { file }]) => dirname(realpathSync(file))));
  if (type === 'int4' || !fits || folders.size !== 1) return null;
  const stored = new Map<string, StoredWeight>(
    entries.map(([name, { file, storedType, begin, end }]) => [
      name,
      {
        dataType: DATA_TYPES[storedType],
        place: { file: basename(realpathSync(file)), offset: begin, length: end - begin },
      },
    ]),
  );
  return { stored, folder: [...folders][0] };
}

function widenAll(files: WeightFiles, architecture: Architecture): BaseWeights {
  const fed = new Map<string, Tensor>();
  for (const name of weightShapes(architecture).keys()) fed.set(name, files.read(name));
  return { stored: new Map(), folder: null, fed, close: () => {} };
}

async function convert(
  files: WeightFiles,
  architecture: Architecture,
  { type, scratch }: WeightOptions,
  control: RunControl,
): Promise<BaseWeights> {
  const file = `weights-${type}.bin`;
  const path = join(scratch, file);
  const close = (): void => rmSync(path, { force: true });
  const packed = type === 'int4' ? packedNames(architecture) : new Set<string>();
  const stored = new Map<string, StoredWeight>();
  const writer = openPieceWriter(path);
  try {
    for (const [name, shape] of weightShapes(architecture)) {
      if (control.signal?.aborted) throw new CancelledError('prepare weights');
      const dataType = packed.has(name) ? 'int4' : type === 'float32' || shape.length === 1 ? 'float32' : 'float16';
      stored.set(name, writeWeight(writer, files, name, { file, dataType }));
      control.onProgress?.({ stage: 'prepare weights', done: stored.size, total: files.entries.size, unit: 'tensors' });
      await nextTurn();
    }
  } catch (error) {
    close();
    throw error;
  } finally {
    // Made again by the next run: nothing to flush.
    writer.abandon();
  }
  return { stored, folder: realpathSync(scratch), fed: new Map(), close };
}

function writeWeight(
  writer: PieceWriter,
  files: WeightFiles,
  name: string,
  { file, dataType }: { readonly file: string; readonly dataType: 'float32' | 'float16' | 'int4' },
): StoredWeight {
  const offset = writer.at();
  const placeFrom = (start: number): FilePlace => ({ file, offset: start, length: writer.at() - start });
  const scales: Float32Array[] = [];
  for (const values of files.readChunks(name, CHUNK)) {
    if (dataType === 'float32') writer.put(values);
    else if (dataType === 'float16') writer.put(halvesOf(values, name));
    else {
      const packed = packInt4(values);
      writer.put(packed.bytes);
      scales.push(packed.scales);
    }
  }
  const place = placeFrom(offset);
  if (dataType !== 'int4') return { dataType, place };
  const scalesAt = writer.at();
  for (const part of scales) writer.put(part);
  return { dataType, place, scales: placeFrom(scalesAt) };
}

function halvesOf(values: Float32Array, name: string): Uint16Array {
  const halves = narrowToHalves(values);
  const at = values.findIndex((value, i) => Number.isFinite(value) && (halves[i] & 0x7fff) === 0x7c00);
  if (at >= 0)
    throw new UserError(`weight "${name}" holds ${values[at]}, beyond the range of float16 (±65,504)`, {
      location: { path: name },
      hint: 'Keep the weights as float32.',
    });
  return halves;
}
