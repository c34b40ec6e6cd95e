/** Faults of the file system and the like, as the user's to mend: full disk, no permission, no such file. */
import { UserError } from '../shared/errors.ts';

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'free some space, then run it again'],
  EDQUOT: ['the disk quota is used up', 'free some space, then run it again'],
  EACCES: ['permission denied', 'choose a folder you may write to, or change its permissions'],
  EPERM: ['permission denied', 'choose a folder you may write to, or change its permissions'],
  EROFS: ['the file system is read-only', 'choose a folder that can be written to'],
  ENOENT: ['no such file or folder', 'is the path spelled right?'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'is the path spelled right?'],
  EISDIR: ['this is a folder, a file was expected', 'name a file in it'],
  EEXIST: ['a file of this name is in the way', 'choose another name'],
  EMFILE: ['too many open files', 'close other programs, or raise the limit with ulimit -n'],
  EIO: ['the disk reported an input/output error', 'check the disk and its cable'],
  EADDRINUSE: ['the port is in use', 'choose another with --port'],
};

const isErrno = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;

/** `error` as a UserError naming the file and the reason when it is a fault of the system, else `error` itself. */
export function explainSystemError(error: unknown): unknown {
  if (!isErrno(error) || !error.code || !Object.hasOwn(REASONS, error.code)) return error;
  const [reason, hint] = REASONS[error.code];
  const file =
    error.path ??
    (typeof (error as { dest?: string }).dest === 'string' ? (error as { dest?: string }).dest : undefined);
  return new UserError(file ? `${file}: ${reason}` : reason, {
    hint,
    cause: error,
    ...(file ? { location: { file } } : {}),
  });
}
