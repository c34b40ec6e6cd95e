/**
 * Room behind the write-ahead log: zeros up to where a checkpoint is due, written before people answer. A commit into that room lengthens
 * no file, so its sync does not wait until the file system has written down a new length along with all else it has to write. SQLite takes
 * zeros for the end of its log: they are no head, and no frame with the salts of one. **Source:** SQLite file format, section 4.1.
 */
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isSpaceShort } from './diskSpace.ts';

/** About what 80 steps of a study write, after which a checkpoint begins the log anew. */
const ROOM_BYTES = 4 * 2 ** 20;

function fill(descriptor: number, from: number): void {
  const zeros = Buffer.alloc(ROOM_BYTES - from);
  try {
    for (let done = 0; done < zeros.length; )
      done += writeSync(descriptor, zeros, done, zeros.length - done, from + done);
    fdatasyncSync(descriptor);
  } catch {
    // The log works without room; what was taken of it is given back.
    ftruncateSync(descriptor, from);
  }
}

/** Makes room in the write-ahead log of `database`, which is open and has such a log, where the disk has plenty. */
export function makeWalRoom(database: string): void {
  if (isSpaceShort(dirname(database))) return;
  const descriptor = openSync(`${database}-wal`, 'r+');
  try {
    const { size } = fstatSync(descriptor);
    if (size < ROOM_BYTES) fill(descriptor, size);
  } finally {
    closeSync(descriptor);
  }
}
