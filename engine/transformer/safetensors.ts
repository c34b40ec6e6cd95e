/**
 * The safetensors format: 8 bytes of header length, a JSON header, then the tensors' bytes without holes or overlaps. Files are untrusted
 * input: everything is checked before a byte of data is touched. Reading and writing of files is the caller's.
 * **Source:** https://github.com/huggingface/safetensors, "Format".
 */
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { widenBrains, widenHalves } from './floatFormats.ts';

/** Bytes before the header. */
export const PREFIX_BYTES = 8;
const MAX_HEADER_BYTES = 100_000_000;

const ELEMENT_BYTES = { F32: 4, F16: 2, BF16: 2 } as const;
export type StoredType = keyof typeof ELEMENT_BYTES;

/** Where a tensor lies: bytes `begin` up to `end` of the file. */
export type TensorEntry = {
  readonly storedType: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
};

export type SafetensorsHeader = {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
};

const count = z.number().int().min(0);
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(count).max(8),
  data_offsets: z.tuple([count, count]),
});
const headerSchema = z.record(z.string(), z.unknown());

/** Length of the header in bytes, from the file's first 8. Throws UserError when it cannot be right for a file of `fileBytes`. */
export function readHeaderLength(prefix: Uint8Array, file: string, fileBytes: number): number {
  if (prefix.length < PREFIX_BYTES)
    throw new UserError(`safetensors: at least ${PREFIX_BYTES} bytes expected, the file has ${fileBytes}`, {
      location: { file },
    });
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length + PREFIX_BYTES > fileBytes)
    throw new UserError(`safetensors: a header of ${length} bytes does not fit a file of ${fileBytes} bytes`, {
      location: { file },
      hint: 'Is the file complete, and a safetensors file?',
    });
  return length;
}

/** The checked header. `text` is the header's bytes, `fileBytes` the size of the whole file. Throws UserError naming file and tensor. */
export function readHeader(text: Uint8Array, file: string, fileBytes: number): SafetensorsHeader {
  const { __metadata__: metadata = {}, ...entries } = parseHeader(text, file);
  const dataStart = PREFIX_BYTES + text.length;
  const tensors = new Map<string, TensorEntry>();
  for (const [name, entry] of Object.entries(entries)) tensors.set(name, readEntry(entry, { name, file, dataStart }));
  checkLayout(tensors, file, dataStart, fileBytes);
  const parsedMetadata = z.record(z.string(), z.string()).safeParse(metadata);
  if (!parsedMetadata.success)
    throw new UserError('safetensors: __metadata__ must map text to text', {
      location: { file, path: '__metadata__' },
    });
  return { metadata: parsedMetadata.data, tensors };
}

function parseHeader(text: Uint8Array, file: string): Record<string, unknown> {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)));
  } catch (cause) {
    throw new UserError('safetensors: the header is not a JSON object in UTF-8', { location: { file }, cause });
  }
}

function readEntry(entry: unknown, place: { name: string; file: string; dataStart: number }): TensorEntry {
  const location = { file: place.file, path: place.name };
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(`safetensors: tensor "${place.name}": ${issue.path.join('.')}: ${issue.message}`, { location });
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  if (!(dtype in ELEMENT_BYTES))
    throw new UserError(
      `safetensors: tensor "${place.name}": type ${Object.keys(ELEMENT_BYTES).join(', ')} expected, received ${dtype}`,
      { location },
    );
  const storedType = dtype as StoredType;
  const bytes = shape.reduce((product, size) => product * size, ELEMENT_BYTES[storedType]);
  if (offsets[1] - offsets[0] !== bytes)
    throw new UserError(
      `safetensors: tensor "${place.name}": shape [${shape}] in ${dtype} takes ${bytes} bytes, its offsets span ${offsets[1] - offsets[0]}`,
      { location },
    );
  return { storedType, shape, begin: place.dataStart + offsets[0], end: place.dataStart + offsets[1] };
}

function checkLayout(
  tensors: ReadonlyMap<string, TensorEntry>,
  file: string,
  dataStart: number,
  fileBytes: number,
): void {
  let reached = dataStart;
  for (const [name, { begin, end }] of [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached)
      throw new UserError(
        `safetensors: tensor "${name}" begins at byte ${begin}, ${begin < reached ? 'overlapping the one before, which ends' : 'leaving a hole after the one before, which ends'} at ${reached}`,
        { location: { file, path: name } },
      );
    if (end > fileBytes)
      throw new UserError(`safetensors: tensor "${name}" ends at byte ${end}, but the file has ${fileBytes}`, {
        location: { file, path: name },
        hint: 'Was the download cut short?',
      });
    reached = end;
  }
  if (reached !== fileBytes)
    throw new UserError(`safetensors: the tensors end at byte ${reached}, but the file has ${fileBytes}`, {
      location: { file },
    });
}

/** A tensor's stored bytes as float32; F32 bytes that are aligned are not copied. */
export function widenTensor(bytes: Uint8Array, storedType: StoredType): Float32Array {
  const elements = bytes.byteLength / ELEMENT_BYTES[storedType];
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  switch (storedType) {
    case 'F32':
      return new Float32Array(aligned.buffer, aligned.byteOffset, elements);
    case 'F16':
      return widenHalves(new Uint16Array(aligned.buffer, aligned.byteOffset, elements));
    case 'BF16':
      return widenBrains(new Uint16Array(aligned.buffer, aligned.byteOffset, elements));
    default:
      return storedType satisfies never;
  }
}

/** A tensor to write: F32 from a Float32Array, F16 from a Uint16Array of its bits. */
export type StoredTensor = { readonly shape: readonly number[]; readonly data: Float32Array | Uint16Array };

/** What comes before the data of a file whose tensors follow in the given order: header length and header. */
export function encodeHeader(
  tensors: ReadonlyMap<string, { readonly storedType: StoredType; readonly shape: readonly number[] }>,
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { storedType, shape }] of tensors) {
    const end = offset + shape.reduce((product, size) => product * size, ELEMENT_BYTES[storedType]);
    header[name] = { dtype: storedType, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces bring the data to a multiple of 8 bytes.
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const start = new Uint8Array(PREFIX_BYTES + headerBytes).fill(0x20, PREFIX_BYTES);
  new DataView(start.buffer).setBigUint64(0, BigInt(headerBytes), true);
  start.set(text, PREFIX_BYTES);
  return start;
}

/** The bytes of a safetensors file, tensors in the given order. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const types = [...tensors].map(([name, { shape, data }]) => {
    const storedType: StoredType = data instanceof Float32Array ? 'F32' : 'F16';
    return [name, { storedType, shape }] as const;
  });
  const start = encodeHeader(new Map(types), metadata);
  const size = [...tensors.values()].reduce((sum, { data }) => sum + data.byteLength, start.length);
  const file = new Uint8Array(size);
  file.set(start);
  let position = start.length;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

/** All tensors of a whole file in memory, as float32. Throws as readHeader does. */
export function decodeSafetensors(
  bytes: Uint8Array,
  file: string,
): {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
} {
  const length = readHeaderLength(bytes.subarray(0, PREFIX_BYTES), file, bytes.length);
  const header = readHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length), file, bytes.length);
  const tensors = new Map(
    [...header.tensors].map(([name, entry]) => [
      name,
      { shape: entry.shape, data: widenTensor(bytes.subarray(entry.begin, entry.end), entry.storedType) },
    ]),
  );
  return { metadata: header.metadata, tensors };
}
