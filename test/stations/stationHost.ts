/** The host of the station test as a process of its own, so that it can be killed, and the messages it sends. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromHost, ToHost } from './stationMessages.ts';

/** The host process and the messages it sends. */
export class HostProcess {
  readonly child: ChildProcess;
  readonly #waiting = new Map<string, (message: FromHost) => void>();
  readonly #came = new Map<string, FromHost>();

  constructor(workspace: string) {
    this.child = fork(join(import.meta.dirname, 'hostProcess.ts'), [workspace], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message: FromHost) => {
      const waiting = this.#waiting.get(message.kind);
      if (waiting) waiting(message);
      else this.#came.set(message.kind, message);
    });
  }

  send(message: ToHost): void {
    this.child.send(message);
  }

  /** The first message of this kind. */
  next<K extends FromHost['kind']>(kind: K, seconds: number): Promise<Extract<FromHost, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const give = (message: FromHost): void => resolve(message as Extract<FromHost, { kind: K }>);
      const came = this.#came.get(kind);
      if (came) return give(came);
      const timer = setTimeout(
        () => reject(new Error(`the host did not say "${kind}" in ${seconds} s`)),
        seconds * 1000,
      );
      this.#waiting.set(kind, (message) => {
        clearTimeout(timer);
        give(message);
      });
    });
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}
