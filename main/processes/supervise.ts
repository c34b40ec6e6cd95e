/** Supervision: a child process that ends by itself is started again at once, and is given up when it ends again and again. */
import { createTokenBucket } from '../ipc/tokenBucket.ts';
import type { ChildHandle } from './childHandle.ts';

/** The wait before a new start: well within the 2 s in which the work must go on. */
const RESTART_MS = 100;
/** How often a child may end before it is given up. */
const RESTARTS = { perSecond: 5 / 60, burst: 5 };

export type SupervisedOptions = {
  /** Starts the child and gives it its work, the first time and each time after that. */
  readonly start: () => ChildHandle;
  /** Hears why a child ended, and whether it is started again. */
  readonly onEnd: (cause: string, isRestarted: boolean) => void;
};

export type Supervised = {
  /** Sends to the child that runs now; between two children nobody hears it. */
  send(message: unknown): void;
  /** Ends the child for good; resolves when it is gone. */
  stop(): Promise<void>;
};

/** Starts and supervises one child. */
export function supervise({ start, onEnd }: SupervisedOptions): Supervised {
  const restarts = createTokenBucket(RESTARTS, () => performance.now());
  let child: ChildHandle | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let onGone: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    onGone = resolve;
  });
  const run = (): void => {
    const started = start();
    child = started;
    started.onExit((cause) => {
      child = undefined;
      if (isStopped) return onGone();
      const isRestarted = restarts.take();
      onEnd(cause, isRestarted);
      if (isRestarted) timer = setTimeout(run, RESTART_MS);
    });
  };
  run();
  return {
    send: (message) => child?.send(message),
    stop() {
      isStopped = true;
      clearTimeout(timer);
      if (child) child.kill();
      else onGone();
      return gone;
    },
  };
}
