/**
 * Who has a workspace open, as a file others can read. It informs, it does not decide: the decider is the lock that SQLite holds on the
 * database, which the system lets go when the process dies. So a file left by a killed process is simply replaced.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';

const holderSchema = z.object({ pid: z.number().int(), bootId: z.string(), host: z.string(), openedAt: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

/** What tells one start of the computer from the next; empty where the system does not say. */
function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** Who wrote the lock file, or undefined when there is none or it cannot be read. */
export function readLockHolder(path: string): LockHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Says that this process has the workspace open. Called once the database is locked; not synced, for it means nothing after a power cut. */
export function writeLockFile(path: string, openedAt: Date): void {
  const holder: LockHolder = {
    pid: process.pid,
    bootId: readBootId(),
    host: hostname(),
    openedAt: openedAt.toISOString(),
  };
  const partial = `${path}.partial-${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  renameSync(partial, path);
}

export const removeLockFile = (path: string): void => rmSync(path, { force: true });

/** The refusal a second opener gets, naming the process that has the workspace when its file is of this start of the computer. */
export function alreadyOpenError(root: string, lockPath: string): UserError {
  const holder = readLockHolder(lockPath);
  const isKnown = holder !== undefined && holder.bootId === readBootId();
  const who = isKnown ? `process ${holder.pid}, since ${holder.openedAt}` : 'another process';
  return new UserError(`${root}: this workspace is already open (${who})`, {
    hint: 'use the window that has it open, or close that first',
    location: { file: root },
  });
}
