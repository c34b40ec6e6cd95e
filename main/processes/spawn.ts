/** Starts child processes: the one place that does, in plain Node and in Electron alike. A child gets an entry file, flags and nothing else. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InternalError } from '../../shared/errors.ts';

/** A running child: plain data goes both ways. */
export type ChildHandle = {
  readonly pid: number | undefined;
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, with what ended it: an exit code or the name of a signal. */
  readonly onExit: (listener: (cause: string) => void) => void;
  /** Ends it at once, whatever it is doing. */
  readonly kill: () => void;
};

export type SpawnOptions = {
  /** Flags for the child's Node, before the entry file. */
  readonly nodeFlags: readonly string[];
  /** The child's whole environment; nothing of ours is passed on unasked. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the child's own words go. */
  readonly stderr: 'ignore' | 'inherit';
};

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

function handleOf(child: ChildProcess): ChildHandle {
  return {
    pid: child.pid,
    send: (message) => {
      // A child that has just died cannot be told; its exit is reported by itself.
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      let isTold = false;
      const tell = (cause: string): void => {
        if (isTold) return;
        isTold = true;
        listener(cause);
      };
      child.on('error', (error) => tell(error.message));
      child.on('exit', (code, signal) => tell(signal ?? `exit code ${code}`));
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Starts the file `entry` as a child. In Electron the same binary runs it as plain Node. */
export function spawnProcess(entry: string, options: SpawnOptions): ChildHandle {
  const child = fork(entry, [], {
    execPath: process.execPath,
    execArgv: [...options.nodeFlags],
    env: {
      ...systemEnvironment(),
      ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
      ...options.env,
    },
    stdio: ['ignore', 'ignore', options.stderr, 'ipc'],
    serialization: 'advanced',
  });
  child.unref();
  child.channel?.unref();
  return handleOf(child);
}
