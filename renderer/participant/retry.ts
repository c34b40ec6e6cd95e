/** Trying again while the host cannot be reached or cannot take the call now: without limit, waiting 0.5 s at first and at most 10 s. */
import { InternalError } from '../../shared/errors.ts';
import { refusalOf } from '../api.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export type RetryOptions = {
  /** Told that an attempt failed and another will come. */
  readonly onWait: () => void;
  /** Ends after so many milliseconds, or earlier when the machine says that it is connected again. */
  readonly wait: (ms: number) => Promise<void>;
};

/** What passes by itself is tried again: a lost connection, a host in trouble, too many calls. An answer that says no is final. */
export const isPassing = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof InternalError || refusalOf(error) === 'rate';

/** The result of `attempt`, however many times it takes. Throws what `attempt` throws for any other reason. */
export async function untilReached<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      options.onWait();
      await options.wait(waitMs);
    }
  }
}
