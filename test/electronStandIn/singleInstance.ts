/** Electron's single-instance lock: the first to ask for a profile folder holds it until its process ends, and hears of each further start. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a later start is told to the holder. */
const SIGNAL = 'SIGUSR2';

function tell(pid: number): boolean {
  try {
    process.kill(pid, SIGNAL);
    return true;
  } catch {
    return false;
  }
}

/** Takes the lock of `folder` and gives true, or tells its holder, which runs. The lock of a process that is gone is taken over. */
export function requestInstanceLock(folder: string, onSecond: () => void): boolean {
  const path = join(folder, 'SingletonLock');
  for (;;)
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      process.on(SIGNAL, onSecond);
      process.on('exit', () => rmSync(path, { force: true }));
      return true;
    } catch {
      if (tell(Number(readFileSync(path, 'utf8')))) return false;
      rmSync(path, { force: true });
    }
}
