/**
 * Reads a Hugging Face folder: `config.json`, `tokenizer.json`, `tokenizer_config.json` and safetensors in one file or shards. The files are
 * untrusted: sizes are capped, names may not leave the folder, every tensor is checked against the architecture before it is read.
 */
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Architecture, readArchitecture, weightShapes } from '../../engine/transformer/architecture.ts';
import type { Tensor } from '../../engine/transformer/backend.ts';
import {
  PREFIX_BYTES,
  readHeader,
  readHeaderLength,
  type SafetensorsHeader,
  type TensorEntry,
  widenTensor,
} from '../../engine/transformer/safetensors.ts';
import { createTokenizer, type Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { InternalError, UserError } from '../../shared/errors.ts';

const MAX_JSON_BYTES = 128 * 2 ** 20;

/** The parsed JSON object of a file. Throws UserError where it is missing, too large or not an object. */
export function readJsonFile(file: string): object {
  let text: string;
  try {
    if (statSync(file).size > MAX_JSON_BYTES)
      throw new UserError(`at most ${MAX_JSON_BYTES} bytes of JSON expected`, { location: { file } });
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`cannot read ${basename(file)}`, {
      location: { file },
      hint: 'Is this a Hugging Face folder with config.json, tokenizer.json, tokenizer_config.json and safetensors?',
      cause,
    });
  }
  try {
    return z.looseObject({}).parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${basename(file)} is not a JSON object`, { location: { file }, cause });
  }
}

/** An open safetensors file. */
type OpenShard = { readonly file: string; readonly descriptor: number; readonly header: SafetensorsHeader };

function readBytes(descriptor: number, target: Uint8Array, position: number, file: string): Uint8Array {
  for (let done = 0; done < target.length; ) {
    const count = readSync(descriptor, target, done, Math.min(target.length - done, 2 ** 30), position + done);
    if (count === 0) throw new UserError('safetensors: the file ended early', { location: { file } });
    done += count;
  }
  return target;
}

function openShard(file: string): OpenShard {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    throw new UserError(`cannot read ${basename(file)}`, {
      location: { file },
      hint: 'Is the download complete?',
      cause,
    });
  }
  const { size } = fstatSync(descriptor);
  const prefix = readBytes(descriptor, new Uint8Array(Math.min(PREFIX_BYTES, size)), 0, file);
  const length = readHeaderLength(prefix, file, size);
  const text = readBytes(descriptor, new Uint8Array(length), PREFIX_BYTES, file);
  return { file, descriptor, header: readHeader(text, file, size) };
}

/** One tensor as float32; at most one tensor's stored bytes are held beside it. */
function readTensor({ descriptor, file }: OpenShard, { begin, end, shape, storedType }: TensorEntry): Tensor {
  const bytes = readBytes(descriptor, new Uint8Array(end - begin), begin, file);
  return { dataType: 'float32', shape, data: widenTensor(bytes, storedType) };
}

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

function shardNames(folder: string): string[] {
  const indexFile = join(folder, 'model.safetensors.index.json');
  try {
    statSync(indexFile);
  } catch {
    return ['model.safetensors'];
  }
  const parsed = indexSchema.safeParse(readJsonFile(indexFile));
  if (!parsed.success)
    throw new UserError('the index has no weight_map of texts', { location: { file: indexFile, path: 'weight_map' } });
  const names = [...new Set(Object.values(parsed.data.weight_map))];
  for (const name of names)
    if (name !== basename(name) || !name.endsWith('.safetensors'))
      throw new UserError(`a safetensors file beside the index expected, received "${name}"`, {
        location: { file: indexFile, path: 'weight_map' },
      });
  return names;
}

/** Where a weight lies. */
export type WeightEntry = TensorEntry & { readonly file: string };

/** The open weight files of a folder, every weight found and of the right shape. */
export type WeightFiles = {
  readonly entries: ReadonlyMap<string, WeightEntry>;
  /** A whole weight as float32; beside it only its stored bytes are held. */
  readonly read: (name: string) => Tensor;
  /** The same in pieces of at most `size` numbers, always whole rows where a row is not longer. */
  readonly readChunks: (name: string, size: number) => Generator<Float32Array>;
  readonly close: () => void;
};

/** Opens the files of `folder`. Throws UserError naming file and tensor for a weight that is missing or of another shape than config.json says. */
export function openWeights(folder: string, architecture: Architecture): WeightFiles {
  const shards: OpenShard[] = [];
  const close = (): void => {
    for (const { descriptor } of shards) closeSync(descriptor);
  };
  try {
    for (const name of shardNames(folder)) shards.push(openShard(join(folder, name)));
    const places = new Map(
      [...weightShapes(architecture)].map(([name, shape]) => [name, findWeight(shards, name, shape)]),
    );
    const placeOf = (name: string) => {
      const place = places.get(name);
      if (!place) throw new InternalError(`no weight "${name}"`);
      return place;
    };
    return {
      entries: new Map([...places].map(([name, { shard, entry }]) => [name, { ...entry, file: shard.file }])),
      read: (name) => {
        const { shard, entry } = placeOf(name);
        return readTensor(shard, entry);
      },
      readChunks: (name, size) => {
        const { shard, entry } = placeOf(name);
        return readPieces(shard, entry, size);
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function findWeight(shards: readonly OpenShard[], name: string, shape: readonly number[]) {
  const shard = shards.find(({ header }) => header.tensors.has(name));
  const entry = shard?.header.tensors.get(name);
  if (!shard || !entry)
    throw new UserError(`the weight "${name}" is missing`, { location: { file: shards[0].file, path: name } });
  if (entry.shape.join() !== shape.join())
    throw new UserError(`weight "${name}": shape [${shape}] expected by config.json, received [${entry.shape}]`, {
      location: { file: shard.file, path: name },
    });
  return { shard, entry };
}

function* readPieces({ descriptor, file }: OpenShard, entry: TensorEntry, size: number): Generator<Float32Array> {
  const { begin, end, shape, storedType } = entry;
  const elementBytes =
    (end - begin) /
    Math.max(
      1,
      shape.reduce((product, factor) => product * factor, 1),
    );
  const rowBytes = elementBytes * (shape.at(-1) ?? 1);
  const pieceBytes = Math.max(1, Math.floor((size * elementBytes) / rowBytes)) * rowBytes;
  for (let at = begin; at < end; at += pieceBytes) {
    const bytes = readBytes(descriptor, new Uint8Array(Math.min(pieceBytes, end - at)), at, file);
    yield widenTensor(bytes, storedType);
  }
}

/** Every weight of the architecture, as float32. Throws as openWeights does. */
export function readWeights(folder: string, architecture: Architecture): Map<string, Tensor> {
  const files = openWeights(folder, architecture);
  try {
    return new Map([...weightShapes(architecture).keys()].map((name) => [name, files.read(name)]));
  } finally {
    files.close();
  }
}

/** The tensors of a small safetensors file, as float32, with its metadata. */
export function readTensorFile(file: string): {
  tensors: Map<string, Tensor>;
  metadata: SafetensorsHeader['metadata'];
} {
  const shard = openShard(file);
  try {
    const tensors = new Map([...shard.header.tensors].map(([name, entry]) => [name, readTensor(shard, entry)]));
    return { tensors, metadata: shard.header.metadata };
  } finally {
    closeSync(shard.descriptor);
  }
}

export type TransformerFolder = {
  readonly folder: string;
  readonly architecture: Architecture;
  readonly tokenizer: Tokenizer;
};

/** The folder without its weights. Throws UserError for what is missing or not supported. */
export function openTransformerFolder(folder: string): TransformerFolder {
  const configFile = join(folder, 'config.json');
  const architecture = readArchitecture(readJsonFile(configFile), configFile);
  const tokenizer = createTokenizer(
    readJsonFile(join(folder, 'tokenizer.json')),
    readJsonFile(join(folder, 'tokenizer_config.json')),
  );
  return { folder, architecture, tokenizer };
}
