/** Starts child processes: the one place that does, in plain Node and in Electron alike. A child gets an entry file, flags and nothing else. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InternalError } from '../../shared/errors.ts';
import type { ChildHandle, SpawnOptions } from './childHandle.ts';
import { startNodeChild } from './nodeChild.ts';
import { isElectronMain, startUtilityChild } from './utilityChild.ts';

/** The extension of our own files, here and in every process: `.ts` from source, `.js` from dist. */
const extension = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';

/** Windows cannot start a process without these. */
const SYSTEM_VARIABLES = ['SystemRoot', 'SYSTEMROOT', 'windir'];

function systemEnvironment(): Record<string, string> {
  return Object.fromEntries(
    SYSTEM_VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** The absolute path of the entry file of `process`, such as `inference`, from any file of ours in `main/processes`. */
export const entryFile = (name: string): string => join(import.meta.dirname, `${name}.${extension}`);

/** The folder that holds `main`, `engine` and `shared`: what a child reads its own code from. */
export const codeFolder = (): string => dirname(dirname(import.meta.dirname));

/** The folder of an installed package, as named and as it really is, each with a separator at its end: what a child must read to load it. */
export function packageFolders(name: string): string[] {
  for (let folder = codeFolder(); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return [join(candidate, '/'), join(realpathSync(candidate), '/')];
  }
  throw new InternalError(`the package ${name} is not installed`);
}

/** Starts the file `entry` as a child: a utility process in Electron, the same binary again in plain Node. */
export function spawnProcess(entry: string, options: SpawnOptions): ChildHandle {
  const start = isElectronMain() ? startUtilityChild : startNodeChild;
  return start(entry, { ...options, env: { ...systemEnvironment(), ...options.env } });
}
