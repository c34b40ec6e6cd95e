/** The health of a workspace: place, space, lock, backups, and every row, seal and log record checked. */
import { existsSync } from 'node:fs';
import { UserError } from '../../shared/errors.ts';
import { createHost, type Host } from '../host.ts';
import { listBackups } from '../store/backups.ts';
import { freeBytes } from '../store/diskSpace.ts';
import { workspacePaths } from '../workspacePaths.ts';
import { type Finding, gibText } from './machine.ts';

/** Below this a running session may fill the disk. */
const LITTLE_BYTES = 2 * 2 ** 30;

function spaceFinding(folder: string): Finding {
  const free = freeBytes(folder);
  return { level: free < LITTLE_BYTES ? 'note' : 'ok', subject: 'disk', text: `${gibText(free)} free in ${folder}` };
}

async function checkFindings(host: Host): Promise<Finding[]> {
  const faults = await host.check();
  if (faults.length === 0) return [{ level: 'ok', subject: 'data', text: 'every row, seal and log record holds' }];
  return faults.map(({ place, problem }) => ({ level: 'fault', subject: 'data', text: `${place}: ${problem}` }));
}

/** All findings about the workspace in `folder`. Opens it, so it must not be open elsewhere; a folder without one is a finding. */
export async function examineWorkspace(folder: string): Promise<Finding[]> {
  const paths = workspacePaths(folder);
  if (!existsSync(paths.database) && !existsSync(paths.log))
    return [{ level: 'note', subject: 'workspace', text: `${folder}: there is none yet` }];
  const findings = [spaceFinding(folder)];
  const [newest, ...older] = listBackups(paths.backups);
  findings.push(
    newest
      ? { level: 'ok', subject: 'backups', text: `${older.length + 1}, the newest is number ${newest.number}` }
      : {
          level: 'note',
          subject: 'backups',
          text: 'none yet: one is made at the end of a session and each ten minutes of work',
        },
  );
  try {
    const host = await createHost({ workspace: folder, mode: 'headless' });
    try {
      findings.push(...(await checkFindings(host)));
    } finally {
      await host.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = error.hint ? ` (${error.hint})` : '';
    findings.push({ level: 'fault', subject: 'workspace', text: `${error.message}${hint}` });
  }
  return findings;
}
