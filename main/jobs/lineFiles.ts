/**
 * Line files: several text files of one folder written together, each under a temporary name until `finish` gives all of them their
 * names; what was begun and not finished is removed. Also reading a file line by line, however large it is.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf, parseJson } from '../processes/jsonLines.ts';
import { explainSystemError } from '../systemErrors.ts';

export type FileFacts = { readonly lines: number; readonly sizeBytes: number; readonly sha256: string };

const FLUSH_BYTES = 1 << 18;
const TEMPORARY = '.part';

/** A fault of the file system as a UserError that names `path`, also where the system's own error does not; other errors unchanged. */
export function fileError(path: string, error: unknown): unknown {
  const isNameless = error instanceof Error && 'code' in error && !('path' in error);
  return explainSystemError(isNameless ? Object.assign(error, { path }) : error);
}

type OpenFile = { handle: FileHandle; hash: Hash; chunks: string[]; waiting: number; lines: number; sizeBytes: number };

async function flush(file: OpenFile): Promise<void> {
  if (file.chunks.length === 0) return;
  const bytes = Buffer.from(file.chunks.join(''));
  file.chunks = [];
  file.waiting = 0;
  file.hash.update(bytes);
  file.sizeBytes += bytes.length;
  await file.handle.writeFile(bytes);
}

/** Files being written; `append` takes a line without its newline. One of `finish` and `abandon` must be called. */
export type LineFiles<Name extends string> = {
  readonly append: (name: Name, line: string) => Promise<void>;
  readonly finish: () => Promise<ReadonlyMap<Name, FileFacts>>;
  readonly abandon: () => Promise<void>;
};

/** Opens `names` in `folder`, which must exist. Throws UserError where the folder cannot be written. */
export async function createLineFiles<const Name extends string>(
  folder: string,
  names: readonly Name[],
): Promise<LineFiles<Name>> {
  const files = new Map<Name, OpenFile>();
  const pathOf = (name: Name): string => join(folder, name);
  const guarded = async <T>(name: Name, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw fileError(pathOf(name), error);
    }
  };
  const abandon = async (): Promise<void> => {
    for (const [name, file] of files) {
      await file.handle.close().catch(() => undefined);
      await rm(pathOf(name) + TEMPORARY, { force: true });
    }
  };
  for (const name of names)
    await guarded(name, async () => {
      const handle = await open(pathOf(name) + TEMPORARY, 'w');
      files.set(name, { handle, hash: createHash('sha256'), chunks: [], waiting: 0, lines: 0, sizeBytes: 0 });
    });

  const append = async (name: Name, line: string): Promise<void> => {
    const file = files.get(name)!;
    file.chunks.push(line, '\n');
    file.lines++;
    file.waiting += line.length;
    if (file.waiting >= FLUSH_BYTES) await guarded(name, () => flush(file));
  };
  const finish = async (): Promise<ReadonlyMap<Name, FileFacts>> => {
    const facts = new Map<Name, FileFacts>();
    for (const [name, file] of files)
      await guarded(name, async () => {
        await flush(file);
        await file.handle.sync();
        await file.handle.close();
        facts.set(name, { lines: file.lines, sizeBytes: file.sizeBytes, sha256: file.hash.digest('hex') });
      });
    for (const name of names) await guarded(name, () => rename(pathOf(name) + TEMPORARY, pathOf(name)));
    return facts;
  };
  return { append, finish, abandon };
}

/** The lines of a text file, read as they are asked for. Throws UserError where the file cannot be read. */
export async function* readLines(path: string): AsyncGenerator<string> {
  try {
    for await (const { text } of linesOf(path)) yield text;
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Parses a line of JSON. Throws UserError naming operation, file and line. */
export const parseLine = (operation: string, path: string, line: string, number: number): unknown =>
  parseJson(line, { file: path, line: number }, operation);

/** The SHA-256 of a file, in hexadecimal. Throws UserError where it cannot be read. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    throw fileError(path, error);
  }
  return hash.digest('hex');
}
