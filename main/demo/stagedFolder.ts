/** A result folder that appears whole or not at all: built beside its place under another name, then renamed. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';

const stagingName = (folder: string): string => join(dirname(folder), `.${basename(folder)}.partial-${process.pid}`);

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

/**
 * Calls `build` with an empty folder next to `target` and moves it to `target` once it is done; a folder already there is replaced
 * when there is no objection to it. When `build` fails, nothing of it stays.
 */
export async function buildStaged<T>(
  target: string,
  objectionTo: ObjectionTo,
  build: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = resolve(target);
  await checkTarget(folder, objectionTo);
  const staging = stagingName(folder);
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(staging, { mode: 0o700 });
  try {
    const result = await build(staging);
    const old = `${staging}.old`;
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(staging, folder);
    rmSync(old, { recursive: true, force: true });
    return result;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
