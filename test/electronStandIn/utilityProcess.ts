/** `utilityProcess` of the stand-in: a Node child that finds its parent where Electron puts it, at `process.parentPort`, and nowhere else. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { app } from './application.ts';

const PORT_SCRIPT = join(import.meta.dirname, 'parentPort.ts');

type ForkOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
  readonly stdio?: readonly ('ignore' | 'inherit' | 'pipe')[];
  readonly serviceName?: string;
};

/** Flags that load the port's script first; a child that may read little may read that. */
const flagsOf = (execArgv: readonly string[]): string[] => [
  ...execArgv,
  ...(execArgv.includes('--permission') ? [`--allow-fs-read=${PORT_SCRIPT}`] : []),
  '--import',
  PORT_SCRIPT,
];

class UtilityProcess extends EventEmitter {
  pid: number | undefined;
  private readonly child: ChildProcess;

  constructor(entry: string, args: readonly string[], { env, execArgv = [], stdio = [] }: ForkOptions) {
    super();
    this.child = fork(entry, [...args], {
      // As Electron's, a utility process gets the environment it is given.
      env: { ...env },
      execArgv: flagsOf(execArgv),
      stdio: ['ignore', stdio[1] ?? 'inherit', stdio[2] ?? 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    this.child.on('spawn', () => {
      this.pid = this.child.pid;
      this.emit('spawn');
    });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('exit', (code, signal) => {
      this.pid = undefined;
      this.emit('exit', code ?? (signal ? constants.signals[signal] : 1));
    });
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork(entry: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcess(entry, args, options);
  },
};
