/**
 * Fail points: every durable step calls `failPoint` with its name, so that tests can kill the process or make the disk fail exactly
 * there. They act only when the environment says so; the packaged application never sets it. Each is also told to the diagnostics channel
 * `credence:durable-step`, which the power-cut test listens to.
 */
import { channel } from 'node:diagnostics_channel';

/** Every durable step. A test asserts that each name is hit. */
export const FAIL_POINTS = [
  'log-append',
  'log-sync',
  'log-synced',
  'db-begin',
  'db-commit',
  'db-committed',
  'key-write',
  'checkpoint',
  'checkpointed',
  'backup-copy',
  'backup-check',
  'backup-rename',
  'backup-rotate',
  'migrate-statement',
  'migrate-commit',
  'erase-logged',
  'erase-rows',
  'erase-keys',
  'erase-checkpoint',
  'restore-aside',
  'restore-place',
] as const;
export type FailPoint = (typeof FAIL_POINTS)[number];

const VARIABLE = 'CREDENCE_FAIL_POINT';

/** Hears the name of each durable step as it is reached. */
export const DURABLE_STEPS = channel('credence:durable-step');

const hits = new Map<string, number>();

/** The error the system would raise, such as ENOSPC at a write. */
function systemError(code: string, name: FailPoint): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: fail point ${name}`), { code, syscall: 'write' });
}

/**
 * Does what `CREDENCE_FAIL_POINT` asks of this step, `name:count:action`: at the `count`-th call of `name`, and at each later one for
 * an error, `kill` ends the process at once and an error code such as `ENOSPC` or `EIO` is thrown. Without the variable it does nothing.
 */
export function failPoint(name: FailPoint): void {
  if (DURABLE_STEPS.hasSubscribers) DURABLE_STEPS.publish(name);
  const request = process.env[VARIABLE];
  if (request === undefined) return;
  const [wanted, count, action] = request.split(':');
  if (wanted !== name) return;
  const key = `${request}`;
  const hit = (hits.get(key) ?? 0) + 1;
  hits.set(key, hit);
  if (hit < Number(count)) return;
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  else throw systemError(action, name);
}
