/** Files that are there whole or not at all: written under a temporary name, flushed to disk, renamed, and the folder flushed. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Makes `folder` and the folders above it that are missing; gives the topmost one made. Throws the system's error. Node's own recursive
 * way never returns where a file system says "no such file" of a folder to be made, as Linux's /proc does.
 */
export function makeFolders(folder: string, mode?: number): string | undefined {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path);
  // A file in the way is refused in the system's own words.
  if (missing.length === 0 && !statSync(folder).isDirectory()) mkdirSync(folder);
  for (const path of missing)
    try {
      mkdirSync(path, { mode });
    } catch (error) {
      const wasMadeMeanwhile = existsSync(path) && statSync(path).isDirectory();
      if (!wasMadeMeanwhile) throw error;
    }
  return missing[0];
}

/** Makes the names in `folder` durable. Windows cannot open folders; its file systems keep names in their own journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The error with the file it is about: writes through a descriptor do not say. */
export function nameFile(error: unknown, path: string): unknown {
  if (error instanceof Error && 'code' in error) Object.assign(error, { path });
  return error;
}

/** Writes `content` to the new file `path`, readable by the owner alone, and flushes it. */
function writeFlushed(path: string, content: string | Uint8Array): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts `content` at `path`, readable by the owner alone; when it fails, what was at `path` stays and nothing else is left. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const partial = `${path}.partial-${process.pid}`;
  try {
    rmSync(partial, { force: true });
    writeFlushed(partial, content);
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw nameFile(error, path);
  }
}

/** Puts a folder at `folder`, replacing what was there: `fill` writes into a folder of another name, whose files must be flushed. */
export async function fillFolderDurably(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = openTemporary(folder);
  try {
    await fill(temporary);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
  replaceFolder(temporary, folder);
}

/** Puts a folder of files at `folder`, replacing what was there; the files are flushed in the given order before the folder appears. */
export function writeFolderDurably(folder: string, files: ReadonlyMap<string, Uint8Array | string>): void {
  const temporary = openTemporary(folder);
  for (const [name, content] of files) writeFlushed(join(temporary, name), content);
  replaceFolder(temporary, folder);
}

function openTemporary(folder: string): string {
  const temporary = `${folder}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  makeFolders(temporary);
  return temporary;
}

function replaceFolder(temporary: string, folder: string): void {
  syncFolder(temporary);
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
  syncFolder(dirname(folder));
}

/** A new file written piece by piece; `finish` flushes it, `abandon` only closes it. */
export type PieceWriter = {
  readonly put: (data: Uint8Array | Uint16Array | Float32Array) => void;
  /** Bytes written so far. */
  readonly at: () => number;
  readonly finish: () => void;
  readonly abandon: () => void;
};

/** Opens the new file `path`, readable by the owner alone. */
export function openPieceWriter(path: string): PieceWriter {
  const descriptor = openSync(path, 'w', 0o600);
  let position = 0;
  return {
    put: (data) => {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      for (let done = 0; done < bytes.length; )
        done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
      position += bytes.length;
    },
    at: () => position,
    finish: () => {
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
    abandon: () => closeSync(descriptor),
  };
}
