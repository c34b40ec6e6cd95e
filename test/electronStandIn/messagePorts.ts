/** `MessageChannelMain` of the stand-in: two ports in the main process, of which one may be handed to a page. */
import { EventEmitter } from 'node:events';

/** One end. What is sent before its other end is somewhere waits. */
export class StandInPort extends EventEmitter {
  private readonly waiting: unknown[] = [];
  private deliver: ((message: unknown) => void) | undefined;

  /** Sends to the other end. */
  postMessage(message: unknown): void {
    if (this.deliver) this.deliver(message);
    else this.waiting.push(message);
  }
  /** Where what is sent here goes. */
  lead(deliver: (message: unknown) => void): void {
    this.deliver = deliver;
    for (const message of this.waiting.splice(0)) deliver(message);
  }
  start(): void {}
  close(): void {
    this.lead(() => undefined);
    this.removeAllListeners();
  }
}

export class MessageChannelMain {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();

  /** The other end of `port`, which is this channel's `port2`: pages are handed that one. */
  constructor() {
    ends.set(this.port2, this.port1);
  }
}

const ends = new WeakMap<StandInPort, StandInPort>();

/** The end that stays in the main process when `port` is handed to a page. */
export function otherEnd(port: StandInPort): StandInPort {
  const end = ends.get(port);
  if (!end) throw new Error('stand-in: only port2 of a channel can be handed to a page');
  return end;
}
