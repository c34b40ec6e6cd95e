/**
 * Restore: brings a damaged workspace back. A database that passes its checks is kept, else the newest backup that passes takes its
 * place; a log that cannot be read through is salvaged; then the log is replayed. What was damaged is set aside, never overwritten.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { syncFolder } from '../processes/durableFiles.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { type Backup, listBackups } from './backups.ts';
import { findDatabaseFaults, findLostAnswers, runAtOnce } from './checks.ts';
import { type Connection, openDatabase } from './database.ts';
import { failPoint } from './failPoints.ts';
import { NO_CHAIN } from './logFrame.ts';
import { readPosition } from './logPosition.ts';
import { schemaVersionOf } from './migrate.ts';
import { ResponseLog } from './responseLog.ts';
import { asideLogs, type Salvaged, salvageLog } from './salvage.ts';
import { openStore } from './store.ts';
import { explaining, sqliteCode } from './storeErrors.ts';

/** What a restore did. `database`: kept as it was, taken from a backup, or rebuilt from the log alone. */
export type Restored = {
  readonly database:
    | { readonly from: 'kept' }
    | { readonly from: 'backup'; readonly number: number }
    | { readonly from: 'log' };
  /** Null when the log could be read through. */
  readonly salvaged: Salvaged | null;
  /** Names of the files set aside in `damaged/`. */
  readonly setAside: readonly string[];
  readonly responses: number;
};

/** Moves a damaged file, with what belongs to it, into this restore's folder. */
type SetAside = (path: string) => void;

function createSetAside(paths: WorkspacePaths): { setAside: SetAside; names: string[] } {
  const taken = existsSync(paths.damaged) ? readdirSync(paths.damaged).map(Number) : [];
  const folder = join(paths.damaged, String(Math.max(0, ...taken.filter(Number.isInteger)) + 1));
  const names: string[] = [];
  const setAside = (path: string): void => {
    for (const suffix of ['', '-wal', '-journal']) {
      const file = `${path}${suffix}`;
      if (!existsSync(file)) continue;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      failPoint('restore-aside');
      renameSync(file, join(folder, basename(file)));
      names.push(basename(file));
    }
    syncFolder(paths.root);
  };
  return { setAside, names };
}

/** Throws a UserError when `error` says that another connection holds the file. */
function refuseBusy(error: unknown, path: string): void {
  if (sqliteCode(error)?.startsWith('SQLITE_BUSY'))
    throw new UserError(`${path}: the workspace is open in another process`, {
      hint: 'close it, then restore again',
      location: { file: path },
    });
}

/** The open database if it passes its checks; undefined if it is damaged. Throws when another process has it. */
function openIfSound(path: string, journal: 'WAL' | 'DELETE'): Connection | undefined {
  let connection: Connection | undefined;
  try {
    connection = openDatabase(path, { journal });
    const isSound = schemaVersionOf(connection) > 0 && runAtOnce(findDatabaseFaults(connection)).length === 0;
    if (isSound && readPosition(connection.read)) return connection;
  } catch (error) {
    connection?.close();
    refuseBusy(error, path);
    if (sqliteCode(error) === undefined) throw error;
    return undefined;
  }
  connection.close();
  return undefined;
}

/** Whether the log has an answer that the database lacks or has otherwise. A log that cannot be read says nothing. */
function contradictsLog(paths: WorkspacePaths, connection: Connection): boolean {
  if (!existsSync(paths.log)) return false;
  let log: ResponseLog | undefined;
  try {
    log = ResponseLog.open(paths.log);
    return (
      log.logId === readPosition(connection.read)?.log_id && runAtOnce(findLostAnswers(connection.read, log)).length > 0
    );
  } catch (error) {
    if (error instanceof UserError || error instanceof SyntaxError) return false;
    throw error;
  } finally {
    log?.close();
  }
}

/** Puts a copy of the newest backup that passes its checks in the database's place; undefined when none does. */
function placeBackup(paths: WorkspacePaths): Backup | undefined {
  const partial = `${paths.database}.partial`;
  for (const backup of listBackups(paths.backups)) {
    rmSync(partial, { force: true });
    copyFileSync(backup.path, partial);
    const connection = openIfSound(partial, 'DELETE');
    connection?.close();
    if (!connection) continue;
    failPoint('restore-place');
    renameSync(partial, paths.database);
    syncFolder(paths.root);
    return backup;
  }
  rmSync(partial, { force: true });
  return undefined;
}

/** Whether the log can be read from where the database stands to its end. */
function isLogSound(paths: WorkspacePaths, connection: Connection | undefined): boolean {
  if (!existsSync(paths.log)) return connection === undefined;
  let log: ResponseLog | undefined;
  try {
    log = ResponseLog.open(paths.log);
    const row = connection && readPosition(connection.read);
    if (row ? row.log_id !== log.logId || row.bytes > log.source.size : log.base.seq !== 0) return false;
    const entries = log.readAll();
    for (let next = entries.next(); ; next = entries.next())
      if (next.done) return next.value.rest !== 'damaged' && next.value.position.seq >= (row?.seq ?? 0);
  } catch (error) {
    if (error instanceof UserError || error instanceof SyntaxError) return false;
    throw error;
  } finally {
    log?.close();
  }
}

function restoreLog(paths: WorkspacePaths, connection: Connection | undefined, setAside: SetAside): Salvaged | null {
  if (isLogSound(paths, connection)) return null;
  setAside(paths.log);
  const row = connection && readPosition(connection.read);
  const from = row
    ? { logId: row.log_id, position: { seq: row.seq, chain: row.chain, bytes: row.bytes } }
    : { logId: '', position: { seq: 0, chain: NO_CHAIN, bytes: 0 } };
  return salvageLog(paths.log, asideLogs(paths), from);
}

/**
 * Takes a keyring file away that SQLite cannot read; opening the keyring makes it again from the other. It is not set aside: a key in a
 * forgotten copy would undo a later erasure.
 */
function restoreKeyring(paths: WorkspacePaths): void {
  const files = [paths.keyring, paths.keyringCopy].filter((path) => existsSync(path));
  const damaged = files.filter((path) => !isReadable(path));
  if (damaged.length > 0 && damaged.length === files.length)
    throw new UserError(`${damaged[0]}: no copy of the keyring can be read`, {
      hint: 'put back keyring.db from a copy of the workspace folder: without it no answer can be read',
      location: { file: damaged[0] },
    });
  for (const path of damaged)
    for (const suffix of ['', '-wal', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}

function isReadable(path: string): boolean {
  let connection: Connection | undefined;
  try {
    connection = openDatabase(path);
    return connection.pragma('integrity_check') === 'ok';
  } catch (error) {
    refuseBusy(error, path);
    return false;
  } finally {
    connection?.close();
  }
}

/**
 * Restores the workspace at `paths`, which must not be open anywhere. Throws a UserError when it is, or when neither database, backup
 * nor log can be read.
 */
export function restoreWorkspace(paths: WorkspacePaths): Restored {
  restoreKeyring(paths);
  const { setAside, names } = createSetAside(paths);
  let database: Restored['database'] = { from: 'kept' };
  let connection = existsSync(paths.database) ? openIfSound(paths.database, 'WAL') : undefined;
  if (connection && contradictsLog(paths, connection)) {
    connection.close();
    connection = undefined;
  }
  if (!connection) {
    setAside(paths.database);
    const backup = placeBackup(paths);
    database = backup ? { from: 'backup', number: backup.number } : { from: 'log' };
    if (backup) connection = openIfSound(paths.database, 'WAL');
    else if (!existsSync(paths.log))
      throw new UserError(`${paths.root}: no database, no backup and no response log can be read here`, {
        hint: `what was damaged lies in ${paths.damaged}`,
        location: { file: paths.root },
      });
  }
  const salvaged = restoreLog(paths, connection, setAside);
  connection ??= explaining(paths.database, () => openDatabase(paths.database));
  try {
    const store = openStore(connection, paths);
    const responses = store.read.get<{ n: number }>('SELECT count(*) AS n FROM response')?.n ?? 0;
    store.close();
    return { database, salvaged, setAside: names, responses };
  } finally {
    connection.close();
  }
}
