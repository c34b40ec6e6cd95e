/** What the desktop application was started with: the workspace it opens, and switches that would open it to others. */
import { resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';

const WORKSPACE_FLAG = '--workspace=';

/** Switches that lower the walls of a window or open a debugging port. Refused in the packaged application. */
const DANGEROUS = [
  '--no-sandbox',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
  '--remote-debugging-port',
  '--remote-debugging-pipe',
  '--remote-allow-origins',
  '--inspect',
  '--js-flags',
  '--load-extension',
];

/** The dangerous switches among `args`, without their values. `--inspect` also stands for `--inspect-brk` and its like. */
export function dangerousSwitches(args: readonly string[]): string[] {
  const names = args.map((arg) => arg.toLowerCase().split('=')[0]);
  return names.filter((name) => DANGEROUS.includes(name) || name.startsWith('--inspect-'));
}

/** Throws UserError when a packaged application was started with a dangerous switch. */
export function refuseDangerousSwitches(args: readonly string[]): void {
  const found = dangerousSwitches(args);
  if (found.length > 0)
    throw new UserError(`start refused: ${found.join(', ')} would open the application to others`, {
      hint: 'start it without these switches',
    });
}

/** The workspace folder named by `--workspace=DIR`, else `fallback`, absolute. Throws UserError for an empty name. */
export function workspaceFrom(args: readonly string[], fallback: string): string {
  const flag = args.find((arg) => arg.startsWith(WORKSPACE_FLAG));
  const folder = flag?.slice(WORKSPACE_FLAG.length) ?? fallback;
  if (folder === '') throw new UserError('--workspace: expected a folder, received nothing');
  return resolve(folder);
}
