/** Faults of SQLite as the user's to mend: the disk is full, the file is locked, damaged or not writable. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { explainSystemError } from '../systemErrors.ts';

/** Result code, or the beginning of an extended one → reason and next action. */
const REASONS: readonly (readonly [code: string, reason: string, hint: string])[] = [
  ['SQLITE_FULL', 'the disk is full', 'free some space; nothing acknowledged is lost'],
  [
    'SQLITE_READONLY',
    'the file or its folder is read-only',
    'choose a folder you may write to, or change its permissions',
  ],
  ['SQLITE_CANTOPEN', 'the file cannot be opened', 'is the folder there, and may you read and write it?'],
  ['SQLITE_PERM', 'permission denied', 'choose a folder you may write to, or change its permissions'],
  ['SQLITE_IOERR', 'the disk reported an input/output error', 'check the disk and the space left on it'],
  ['SQLITE_BUSY', 'the file is in use by another program', 'close the other Credence that uses this workspace'],
  ['SQLITE_LOCKED', 'the file is in use by another program', 'close the other Credence that uses this workspace'],
  [
    'SQLITE_CORRUPT',
    'the file is damaged',
    'credence restore brings back the newest good backup and replays the response log',
  ],
  [
    'SQLITE_NOTADB',
    'the file is damaged or no database',
    'credence restore brings back the newest good backup and replays the response log',
  ],
];

/** The SQLite result code of an error or of what caused it, such as `SQLITE_FULL`; undefined for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string' && cause.code.startsWith('SQLITE_')) return cause.code;
  return undefined;
}

/** Whether restoring the workspace is what the error advises. */
export const isRestorable = ({ hint }: UserError): boolean => hint?.startsWith('credence restore') ?? false;

const NEARLY_FULL_BYTES = 64 * 1024;

/** Some steps of SQLite report a full disk as an input/output error. */
function isNearlyFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < NEARLY_FULL_BYTES;
}

/** `error` as a UserError naming the file and the reason when the disk or the file is at fault, else `error` itself. */
export function explainStoreError(error: unknown, file: string): unknown {
  if (error instanceof UserError) return error;
  const code = sqliteCode(error);
  const likely = code?.startsWith('SQLITE_IOERR') && isNearlyFull(dirname(file)) ? 'SQLITE_FULL' : code;
  const found = likely === undefined ? undefined : REASONS.find(([known]) => likely.startsWith(known));
  if (!found) return explainSystemError(error);
  const [, reason, hint] = found;
  return new UserError(`${file}: ${reason}`, { hint, location: { file }, cause: error });
}

/** Runs `work`, its faults explained as those of `file`. */
export function explaining<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainStoreError(error, file);
  }
}
