/** Gate: at most so many pieces of work at a time, first come first served, and a pause in which none begins. */
import { setTimeout as wait } from 'node:timers/promises';

export type Gate = {
  /** Runs `work` when it is its turn. Rejects when `signal` is aborted before that. */
  readonly run: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** Nothing begins in the next `ms`. */
  readonly pause: (ms: number) => void;
};

/** A gate for `places` pieces of work at a time. */
export function createGate(places: number): Gate {
  let free = places;
  let openAtMs = 0;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  const run = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    await enter();
    try {
      for (let left = openAtMs - performance.now(); left > 0; left = openAtMs - performance.now())
        await wait(left, undefined, { signal });
      signal.throwIfAborted();
      return await work();
    } finally {
      leave();
    }
  };
  const pause = (ms: number): void => {
    openAtMs = Math.max(openAtMs, performance.now() + ms);
  };
  return { run, pause };
}
