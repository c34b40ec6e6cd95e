/** Work in the background: a process that computes for minutes gives way to the host, whose answers to participants cannot wait. */
import { constants, setPriority } from 'node:os';

/**
 * Gives the process `pid` the lowest priority. Without effect where it is not known yet, has ended, or the system refuses: then it only
 * takes more of the processor than it should.
 */
export function putInBackground(pid: number | undefined): void {
  // A zero would mean the process that asks.
  if (!pid) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {}
}
