/** Loaded before a utility process's own entry: what Electron gives such a process, and not what Node's `fork` would. */
import { EventEmitter } from 'node:events';

const send = process.send?.bind(process);
const receive = process.on.bind(process, 'message');
const { exit } = process;
process.on('disconnect', () => exit());

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send?.(message);
  }
  override on(name: string, listener: (event: { data: unknown }) => void): this {
    super.on(name, listener);
    if (name === 'message' && this.listenerCount(name) === 1) receive((data) => this.emit('message', { data }));
    return this;
  }
}

Object.defineProperty(process, 'parentPort', { value: new ParentPort() });
Object.defineProperty(process, 'type', { value: 'utility' });
Object.defineProperty(process, 'send', { value: undefined });
