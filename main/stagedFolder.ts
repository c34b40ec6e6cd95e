/** A result folder that appears whole or not at all: built beside its place under another name, then renamed. */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { makeFolders } from './processes/durableFiles.ts';

/** The beginning of a staging folder's name; the process that owns it follows, then letters that make it unique. */
const stagingPrefix = (folder: string): string => `.${basename(folder)}.partial-`;

/** Why a folder that holds something must not be replaced; undefined when it may. */
export type ObjectionTo = (folder: string) => Promise<string | undefined>;

/** Throws unless `folder` is absent, empty, or one that may be replaced. */
async function checkTarget(folder: string, objectionTo: ObjectionTo): Promise<void> {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new UserError(`${folder}: this is a file, a folder was expected`, { location: { file: folder } });
  if (readdirSync(folder).length === 0) return;
  const objection = await objectionTo(folder);
  if (objection)
    throw new UserError(`${folder}: ${objection}`, {
      hint: 'choose another folder with --out',
      location: { file: folder },
    });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's may not be signalled, but it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes what a killed process left beside `folder`. */
function removeLeftovers(folder: string): void {
  const prefix = stagingPrefix(folder);
  for (const name of readdirSync(dirname(folder))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/**
 * Calls `build` with an empty folder next to `target` and moves it to `target` once it is done; a folder already there is replaced
 * when there is no objection to it. When `build` fails, nothing of it stays; what a killed process left goes at the next start.
 */
export async function buildStaged<T>(
  target: string,
  objectionTo: ObjectionTo,
  build: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = resolve(target);
  await checkTarget(folder, objectionTo);
  makeFolders(dirname(folder));
  removeLeftovers(folder);
  const staging = mkdtempSync(join(dirname(folder), `${stagingPrefix(folder)}${process.pid}-`));
  const old = `${staging}.old`;
  try {
    const result = await build(staging);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(staging, folder);
    rmSync(old, { recursive: true, force: true });
    return result;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
