/** Children in Electron: its utility processes. The packaged application cannot run its binary as plain Node, the fuse is off. */
import { createRequire } from 'node:module';
import { type ChildHandle, once, type SpawnOptions } from './childHandle.ts';

/** Whether this is Electron's main process, the only one that can start utility processes. */
export const isElectronMain = (): boolean => Reflect.get(process, 'type') === 'browser';

/** Signals by number: utility processes report the one that ended them as their exit code. */
const SIGNALS: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

/** Loaded when it is needed: in plain Node there is no such module. */
function loadElectron(): typeof import('electron') {
  return createRequire(import.meta.url)('electron');
}

/** Starts the file `entry` as a utility process. Call after the application is ready. */
export function startUtilityChild(entry: string, options: SpawnOptions): ChildHandle {
  const child = loadElectron().utilityProcess.fork(entry, [], {
    execArgv: [...options.nodeFlags],
    env: { ...options.env },
    stdio: ['ignore', 'ignore', options.stderr],
    serviceName: 'Credence',
  });
  let isKilled = false;
  const endNow = (): void => {
    // Electron's own kill asks the process to end; one that computes does not hear it.
    if (child.pid === undefined) child.once('spawn', endNow);
    else
      try {
        process.kill(child.pid, 'SIGKILL');
      } catch {
        child.kill();
      }
  };
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      const tell = once(listener);
      child.on('error', (type, location) => tell(`${type} at ${location}`));
      child.on('exit', (code) => tell(isKilled ? 'SIGKILL' : (SIGNALS[code] ?? `exit code ${code}`)));
    },
    kill: () => {
      isKilled = true;
      endNow();
    },
  };
}
