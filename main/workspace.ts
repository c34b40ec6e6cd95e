/**
 * A workspace: the folder that holds a lab's studies, answers, reports and runs. Opening one checks that it can be read and written, is
 * not on a shared or synced drive, is not of a newer version and not open elsewhere; a failed opening of a new one leaves nothing.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { makeFolders, nameFile, writeFileAtomic } from './processes/durableFiles.ts';
import { version } from './resources.ts';
import { type Connection, openDatabase } from './store/database.ts';
import { refuseNewer } from './store/migrate.ts';
import { SCHEMA_VERSION } from './store/migrations/index.ts';
import { explaining, explainStoreError, sqliteCode } from './store/storeErrors.ts';
import { alreadyOpenError, removeLockFile, writeLockFile } from './workspaceLock.ts';
import { type WorkspacePaths, workspacePaths } from './workspacePaths.ts';

const FORMAT = 'credence-workspace';

const manifestSchema = z.object({ format: z.literal(FORMAT), schema: z.number().int(), version: z.string() });

/** File systems that are reached over a network, by the number `statfs` gives: locks and syncs on them cannot be relied on. */
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4266872130: 'SMB',
  4283649346: 'SMB',
  1397113167: 'AFS',
  12805120: 'Ceph',
};

/** Folders that a program copies to other machines while files in them are open. */
const SYNCED_FOLDERS = /(^|[\\/])(OneDrive[^\\/]*|Dropbox[^\\/]*|Google ?Drive|com~apple~CloudDocs)([\\/]|$)/i;

/** An open workspace: its database is locked until `close`. */
export type Workspace = { readonly paths: WorkspacePaths; readonly connection: Connection; close(): void };

function refuseUnsafePlace(root: string): void {
  if (SYNCED_FOLDERS.test(root))
    throw new UserError(`${root}: this folder is synced to other machines, which damages open databases`, {
      hint: 'choose a local folder that is not synced; backups may go to a synced one',
      location: { file: root },
    });
  const kind = NETWORK_FILE_SYSTEMS[statfsSync(root).type];
  if (kind)
    throw new UserError(`${root}: this folder is on a network drive (${kind}), where answers could be lost`, {
      hint: 'choose a folder on a disk of this machine',
      location: { file: root },
    });
}

/** Throws the system's error unless files can be listed, made and removed in `root`. Rights as told are no proof that it works. */
function probe(root: string): void {
  readdirSync(root);
  const path = join(root, `.probe-${process.pid}`);
  closeSync(openSync(path, 'w', 0o600));
  rmSync(path);
}

/** Makes the folder and its parents; returns the topmost folder made, if any. Throws when it is a file or may not be written. */
function makeRoot(root: string): string | undefined {
  if (existsSync(root) && !statSync(root).isDirectory())
    throw new UserError(`${root}: this is a file, a workspace folder was expected`, { location: { file: root } });
  try {
    const made = makeFolders(root, 0o700);
    probe(root);
    return made;
  } catch (error) {
    throw nameFile(error, root);
  }
}

/** Takes the empty folders from `root` up to `topmost` away again. */
function removeEmptyFolders(root: string, topmost: string): void {
  for (let folder = root; existsSync(folder) && readdirSync(folder).length === 0; folder = dirname(folder)) {
    rmdirSync(folder);
    if (folder === topmost) return;
  }
}

function refuseNewerManifest(paths: WorkspacePaths): void {
  if (!existsSync(paths.manifest)) return;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(paths.manifest, 'utf8'));
  } catch (error) {
    // The manifest repeats what the database states; a damaged one is written anew, an unreadable one is not.
    if (error instanceof SyntaxError) return;
    throw error;
  }
  const manifest = manifestSchema.safeParse(content);
  if (manifest.success) refuseNewer(manifest.data.schema, paths.manifest);
}

function lockDatabase(paths: WorkspacePaths): Connection {
  try {
    return openDatabase(paths.database);
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw alreadyOpenError(paths.root, paths.lock);
    if (existsSync(paths.database) && statSync(paths.database).size === 0) rmSync(paths.database);
    throw explainStoreError(error, paths.database);
  }
}

/** Whether nobody ever answered here. */
const isUnused = (paths: WorkspacePaths): boolean =>
  [paths.database, paths.log, paths.keyring, paths.keyringCopy].every((path) => !existsSync(path));

/** Throws when the database and its log are gone while keys or backups are there: an empty database must not take their place. */
function refuseEmptied(paths: WorkspacePaths): void {
  if (isUnused(paths) || existsSync(paths.database) || existsSync(paths.log)) return;
  throw new UserError(`${paths.database}: the database and the response log are missing, but their keys are there`, {
    hint: 'put the files back, or run credence restore to bring back the newest good backup',
    location: { file: paths.database },
  });
}

/** Takes away what opening an unused workspace writes, before anyone has answered in it. */
function removeFresh(paths: WorkspacePaths): void {
  for (const path of [paths.lock, paths.manifest, paths.log]) rmSync(path, { force: true });
  for (const path of [paths.database, paths.keyring, paths.keyringCopy, paths.library])
    for (const suffix of ['', '-wal', '-journal']) rmSync(`${path}${suffix}`, { force: true });
  for (const folder of [paths.backups, paths.reports])
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/**
 * Opens the workspace at `folder`, making it when absent, and calls `use` with it. When `use` or the opening throws, the workspace is
 * released, and a folder that was new is gone again.
 */
export async function openWorkspace<T>(folder: string, use: (workspace: Workspace) => Promise<T> | T): Promise<T> {
  const root = resolve(folder);
  return explainingAsync(root, async () => {
    const made = makeRoot(root);
    const paths = workspacePaths(realpathSync(root));
    try {
      refuseUnsafePlace(paths.root);
      refuseNewerManifest(paths);
      refuseEmptied(paths);
      return await openLocked(paths, use);
    } catch (error) {
      if (made !== undefined) removeEmptyFolders(root, made);
      throw error;
    }
  });
}

async function explainingAsync<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainStoreError(error, file);
  }
}

async function openLocked<T>(paths: WorkspacePaths, use: (workspace: Workspace) => Promise<T> | T): Promise<T> {
  const isNew = isUnused(paths);
  const connection = lockDatabase(paths);
  const close = (): void => {
    // The file first: once the connection is closed, a file there may be the next holder's.
    removeLockFile(paths.lock);
    explaining(paths.database, () => connection.close());
  };
  try {
    writeLockFile(paths.lock, new Date());
    for (const path of [paths.backups, paths.reports]) makeFolders(path, 0o700);
    const result = await use({ paths, connection, close });
    writeManifest(paths);
    return result;
  } catch (error) {
    // While the lock is still held: nobody else can have begun to use what is removed here.
    if (isNew) removeFresh(paths);
    close();
    throw error;
  }
}

function writeManifest(paths: WorkspacePaths): void {
  const text = `${JSON.stringify({ format: FORMAT, schema: SCHEMA_VERSION, version: version() })}\n`;
  if (existsSync(paths.manifest) && readFileSync(paths.manifest, 'utf8') === text) return;
  writeFileAtomic(paths.manifest, text);
}
