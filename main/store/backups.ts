/**
 * Backups: online copies of the database in `backups/`, each opened, checked and counted before an older one is dropped. They are kept by
 * number, never by age: a clock that jumps deletes nothing.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { syncFolder } from '../processes/durableFiles.ts';
import { type Fault, findDatabaseFaults, runYielding } from './checks.ts';
import { type Connection, openDatabase, type ReadHandle } from './database.ts';
import { failPoint } from './failPoints.ts';
import { explainStoreError } from './storeErrors.ts';

/** One backup file; higher numbers are newer. */
export type Backup = { readonly number: number; readonly path: string };

const NAME = /^backup-(\d{6,})\.sqlite$/;
const nameOf = (number: number): string => `backup-${String(number).padStart(6, '0')}.sqlite`;

/** At one backup each ten minutes: the last hour's, then one of each hour for a day, then one of each day for two weeks. */
const KEPT: readonly { readonly every: number; readonly count: number }[] = [
  { every: 1, count: 6 },
  { every: 6, count: 24 },
  { every: 144, count: 14 },
];

/** The backups in a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ number: Number(match[1]), path: join(folder, name) }] : [];
    })
    .sort((a, b) => b.number - a.number);
}

/** Of these numbers, those that are no longer kept. */
export function droppedNumbers(numbers: readonly number[]): number[] {
  const kept = new Set<number>();
  for (const { every, count } of KEPT)
    for (const number of numbers
      .filter((candidate) => candidate % every === 0)
      .sort((a, b) => b - a)
      .slice(0, count))
      kept.add(number);
  return numbers.filter((number) => !kept.has(number));
}

type Content = {
  readonly tombstones: number;
  readonly responses: number;
  readonly audited: number;
  readonly head: string;
};

/** What a database holds up to record `seq`. */
const contentThrough = (read: ReadHandle, seq: number): Content | undefined =>
  read.get<Content>(
    `SELECT (SELECT count(*) FROM tombstone) AS tombstones,
       (SELECT count(*) FROM response WHERE response_seq <= ?) AS responses,
       (SELECT count(*) FROM audit WHERE log_seq <= ?) AS audited,
       (SELECT hex(row_hash) FROM audit WHERE log_seq <= ? ORDER BY audit_seq DESC LIMIT 1) AS head`,
    seq,
    seq,
    seq,
  );

/** Checks a copy by itself and against its source. The copy becomes one file, without a write-ahead log beside it. */
async function checkCopy(source: ReadHandle, path: string): Promise<Fault[]> {
  failPoint('backup-check');
  const copy = openDatabase(path, { journal: 'DELETE' });
  try {
    const faults = await runYielding(findDatabaseFaults(copy));
    const seq = copy.read.get<{ seq: number }>('SELECT seq FROM log_position')?.seq ?? 0;
    const wanted = contentThrough(source, seq);
    const found = contentThrough(copy.read, seq);
    // A person erased since the copy was made is gone from the source alone.
    if (wanted?.tombstones === found?.tombstones && JSON.stringify(wanted) !== JSON.stringify(found))
      faults.push({ place: path, problem: `it holds ${JSON.stringify(found)}, its source ${JSON.stringify(wanted)}` });
    return faults;
  } finally {
    copy.close();
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes one backup and drops what is no longer kept. Throws a UserError, and keeps all older ones, when the disk refuses or the copy does
 * not pass its checks.
 */
export async function makeBackup(connection: Connection, folder: string): Promise<Backup> {
  const number = (listBackups(folder)[0]?.number ?? 0) + 1;
  const backup: Backup = { number, path: join(folder, nameOf(number)) };
  const partial = `${backup.path}.partial`;
  removeFile(partial);
  try {
    failPoint('backup-copy');
    await connection.backup(partial);
    const faults = await checkCopy(connection.read, partial);
    if (faults.length > 0)
      throw new UserError(
        `${backup.path}: the backup does not pass its checks: ${faults[0].place}: ${faults[0].problem}`,
        {
          hint: 'credence doctor checks the whole workspace; older backups were kept',
          location: { file: backup.path },
        },
      );
    syncFile(partial);
    failPoint('backup-rename');
    renameSync(partial, backup.path);
    syncFolder(folder);
  } catch (error) {
    // Explained first: taking the partial copy away frees the space whose lack is the reason.
    const explained = explainStoreError(error, backup.path);
    removeFile(partial);
    throw explained;
  }
  failPoint('backup-rotate');
  for (const dropped of droppedNumbers(listBackups(folder).map((kept) => kept.number)))
    rmSync(join(folder, nameOf(dropped)));
  return backup;
}

function removeFile(path: string): void {
  for (const suffix of ['', '-wal', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}
