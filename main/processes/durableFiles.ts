/** Files that are there whole or not at all: written under a temporary name, flushed to disk, renamed, and the folder flushed. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function flushFolder(folder: string): void {
  // Windows cannot open folders; its renames are durable without.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeFlushed(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts `content` at `file`, replacing what was there. */
export function writeDurably(file: string, content: Uint8Array | string): void {
  const temporary = `${file}.tmp`;
  writeFlushed(temporary, Buffer.from(content));
  renameSync(temporary, file);
  flushFolder(dirname(file));
}

/** Puts a folder of files at `folder`, replacing what was there; the files are flushed in the given order before the folder appears. */
export function writeFolderDurably(folder: string, files: ReadonlyMap<string, Uint8Array | string>): void {
  const temporary = `${folder}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  for (const [name, content] of files) writeFlushed(join(temporary, name), Buffer.from(content));
  flushFolder(temporary);
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
  flushFolder(dirname(folder));
}
