/** When backups are made: every ten minutes while data change, and when asked; one at a time. */
import type { Backup } from './backups.ts';
import { makeBackup } from './backups.ts';
import type { Store } from './store.ts';

const EVERY_MS = 10 * 60_000;

export type BackupSchedule = {
  /** Makes a backup unless nothing changed since the last one made here; gives it. */
  request(): Promise<Backup | undefined>;
  /** Makes a backup in the background; what goes wrong is told to `onFault`. */
  start(): void;
  /** Ends the timer and waits for a backup under way. */
  stop(): Promise<void>;
};

/** The schedule of one open store. */
export function createBackupSchedule(store: Store, folder: string, onFault: (error: unknown) => void): BackupSchedule {
  const openedSeq = store.position().seq;
  let savedSeq: number | undefined;
  let underWay: Promise<unknown> = Promise.resolve();
  const next = async (): Promise<Backup | undefined> => {
    const { seq } = store.position();
    if (seq === savedSeq) return undefined;
    const backup = await makeBackup(store.connection, folder);
    savedSeq = seq;
    return backup;
  };
  const request = (): Promise<Backup | undefined> => {
    const result = underWay.then(next);
    underWay = result.catch(() => undefined);
    return result;
  };
  const start = (): void => void request().catch(onFault);
  const timer = setInterval(() => {
    if (store.position().seq !== (savedSeq ?? openedSeq)) start();
  }, EVERY_MS);
  timer.unref();
  return {
    request,
    start,
    stop: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}
