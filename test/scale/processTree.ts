/** How much memory a process and its children hold and how long they have computed, by the system's own account (Linux). */
import { readFileSync } from 'node:fs';
import { residentBytes } from '../../main/processes/memoryUse.ts';

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    // It has just ended.
    return [];
  }
}

/** Resident bytes of `pid` and all below it; pages that they share count for each. */
export const treeBytes = (pid: number): number =>
  (residentBytes(pid) ?? 0) + childrenOf(pid).reduce((sum, child) => sum + treeBytes(child), 0);

const TICKS_PER_SECOND = 100;

/** Processor seconds of `pid` and all below it, ended children included. */
export function treeSeconds(pid: number): number {
  try {
    // Behind the name, which may hold blanks: the 12th to 15th are own and ended children's user and system time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
    return own + childrenOf(pid).reduce((sum, child) => sum + treeSeconds(child), 0);
  } catch {
    // It has just ended.
    return 0;
  }
}
