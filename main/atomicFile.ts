/** Files that appear whole or not at all: written under a temporary name, synced, renamed, and the folder synced. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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

/** Writes `content` to `path`, readable by the owner alone; when it fails, what was at `path` stays and nothing else is left. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const partial = `${path}.partial-${process.pid}`;
  try {
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw nameFile(error, path);
  }
}

/** The error with the file it is about: writes through a descriptor do not say. */
export function nameFile(error: unknown, path: string): unknown {
  if (error instanceof Error && 'code' in error) Object.assign(error, { path });
  return error;
}
