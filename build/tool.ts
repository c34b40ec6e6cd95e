/** Runs an installed command-line tool, such as `tsc`, from the repository's root. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

const isWindows = process.platform === 'win32';

/** Its exit code. `node` is the Node that runs this; Windows starts tools through its shell, which finds their `.cmd`. */
export function runTool(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const isNode = name === 'node';
  const { status } = spawnSync(isNode ? process.execPath : join(root, 'node_modules', '.bin', name), args, {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...env },
    shell: isWindows && !isNode,
  });
  return status ?? 1;
}
