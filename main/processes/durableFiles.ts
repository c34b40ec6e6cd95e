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

/** Puts a folder of files at `folder`, replacing what was there; the files are flushed in the given order before the folder appears. */
export function writeFolderDurably(folder: string, files: ReadonlyMap<string, Uint8Array | string>): void {
  const temporary = `${folder}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  makeFolders(temporary);
  for (const [name, content] of files) writeFlushed(join(temporary, name), content);
  syncFolder(temporary);
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
  syncFolder(dirname(folder));
}
