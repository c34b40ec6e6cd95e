/**
 * Space on the disk: no session is opened for people when little is left, and a ballast file is held that is given up when the disk is
 * full, so that those who are answering can finish.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { UserError } from '../../shared/errors.ts';

const MIB = 2 ** 20;
/** Below this no session for people is opened. */
const LEAST_FREE_BYTES = 500 * MIB;
/** Ballast is taken only where this much is free. */
const PLENTY_BYTES = 2048 * MIB;
const BALLAST_BYTES = 64 * MIB;

/** Bytes free for us on the disk that holds `folder`. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Whether too little is free for anything that only saves time. */
export const isSpaceShort = (folder: string): boolean => freeBytes(folder) < LEAST_FREE_BYTES;

/** Throws a UserError when too little is free to let people begin. */
export function refuseLittleSpace(folder: string): void {
  const free = freeBytes(folder);
  if (free < LEAST_FREE_BYTES)
    throw new UserError(
      `${folder}: ${Math.floor(free / MIB)} MiB are free on this disk, a session needs ${LEAST_FREE_BYTES / MIB}`,
      { hint: 'free some space, then open the session', location: { file: folder } },
    );
}

/** Makes the ballast file unless it is there or space is short. Real bytes are written: a hole would hold no space. */
export function holdBallast(path: string, folder: string): void {
  if (existsSync(path) || freeBytes(folder) < PLENTY_BYTES) return;
  const descriptor = openSync(path, 'w', 0o600);
  try {
    const block = Buffer.alloc(MIB, 0x5a);
    for (let written = 0; written < BALLAST_BYTES; written += block.length) writeSync(descriptor, block);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives the ballast up; whether there was one. */
export function releaseBallast(path: string): boolean {
  const isThere = existsSync(path);
  if (isThere) rmSync(path);
  return isThere;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** Whether an error, or what caused it, is a full disk. */
export function isDiskFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string' && FULL.has(cause.code)) return true;
  return false;
}
