/** Children in plain Node: the same Node binary again, with a channel to us. */
import { fork } from 'node:child_process';
import { type ChildHandle, once, type SpawnOptions } from './childHandle.ts';

/** Starts the file `entry` under this Node. Such a child does not keep us alive. */
export function startNodeChild(entry: string, options: SpawnOptions): ChildHandle {
  const child = fork(entry, [], {
    execPath: process.execPath,
    execArgv: [...options.nodeFlags],
    env: { ...options.env },
    stdio: ['ignore', 'ignore', options.stderr, 'ipc'],
    serialization: 'advanced',
  });
  child.unref();
  child.channel?.unref();
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      const tell = once(listener);
      child.on('error', (error) => tell(error.message));
      child.on('exit', (code, signal) => tell(signal ?? `exit code ${code}`));
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
