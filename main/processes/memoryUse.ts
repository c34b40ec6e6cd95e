/** How much memory another process holds: the system's own account, since a process out of hand cannot be asked. */
import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Resident bytes of process `pid`; undefined where the system does not tell (other than Linux) or the process is gone. */
export function residentBytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    // Gone between the look and the read: its exit is reported elsewhere.
    return undefined;
  }
}
