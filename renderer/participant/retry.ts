/** Trying again while the host cannot be reached: without limit, waiting 0.5 s at first and at most 30 s. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export type RetryOptions = {
  /** Told that an attempt failed and another will come. */
  readonly onWait: () => void;
  readonly wait: (ms: number) => Promise<void>;
};

/** Only what a lost connection throws is tried again; an answer that says no is final. */
export const isUnreachable = (error: unknown): boolean => error instanceof TypeError;

/** The result of `attempt`, however many times it takes. Throws what `attempt` throws for any other reason. */
export async function untilReached<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      options.onWait();
      await options.wait(waitMs);
    }
  }
}
