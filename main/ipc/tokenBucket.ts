/** Token bucket: how often one sender may call, with a burst it may spend at once. */

/** `perSecond` tokens flow in, at most `burst` are held. */
export type BucketRate = { readonly perSecond: number; readonly burst: number };

export type TokenBucket = {
  /** Takes one token and says whether there was one. */
  take(): boolean;
  /** Puts back the token of a call that shall not count, or a part of it. */
  giveBack(part?: number): void;
};

/** A full bucket. `nowMs` is a monotonic clock in milliseconds. */
export function createTokenBucket(rate: BucketRate, nowMs: () => number): TokenBucket {
  let tokens = rate.burst;
  let filledAtMs = nowMs();
  return {
    take() {
      const now = nowMs();
      tokens = Math.min(rate.burst, tokens + ((now - filledAtMs) / 1000) * rate.perSecond);
      filledAtMs = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack(part = 1) {
      tokens = Math.min(rate.burst, tokens + part);
    },
  };
}
