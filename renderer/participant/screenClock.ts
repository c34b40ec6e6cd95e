/** The clock of one screen: milliseconds since it was presented, over reloads, and how long the participant was away meanwhile. */

/** Milliseconds: `onsetMs` on the page's monotonic clock, the others since then. */
export type ScreenTimes = {
  readonly onsetMs: number;
  readonly elapsedMs: number;
  readonly awayMs: number;
  readonly hiddenMs: number;
};

export type Presence = { readonly isAway: boolean; readonly isHidden: boolean };

export type ScreenClock = {
  /** A screen is inserted; `kept` is what an earlier visit to it had measured. */
  insert(kept: ScreenTimes | null): void;
  /** The screen was presented, at the start of the second animation frame after its insertion. */
  present(atMs: number): void;
  /** The page lost or got back the focus, or was hidden or shown. */
  setPresence(presence: Presence, atMs: number): void;
  /** Null until the screen is presented. */
  read(atMs: number): ScreenTimes | null;
};

/** A clock that shows no screen yet. All times that it is given are on one monotonic clock, in milliseconds. */
export function createScreenClock(): ScreenClock {
  let kept: ScreenTimes | null = null;
  let presentedMs: number | null = null;
  let presence: Presence = { isAway: false, isHidden: false };
  let awayMs = 0;
  let hiddenMs = 0;
  let countedMs = 0;

  const count = (atMs: number): void => {
    const passedMs = presentedMs === null ? 0 : Math.max(0, atMs - countedMs);
    if (presence.isAway) awayMs += passedMs;
    if (presence.isHidden) hiddenMs += passedMs;
    countedMs = Math.max(countedMs, atMs);
  };

  return {
    insert(times) {
      kept = times;
      presentedMs = null;
      awayMs = times?.awayMs ?? 0;
      hiddenMs = times?.hiddenMs ?? 0;
    },
    present(atMs) {
      if (presentedMs !== null) return;
      presentedMs = atMs;
      countedMs = atMs;
    },
    setPresence(next, atMs) {
      count(atMs);
      presence = next;
    },
    read(atMs) {
      if (presentedMs === null) return null;
      count(atMs);
      const elapsedMs = (kept?.elapsedMs ?? 0) + Math.max(0, atMs - presentedMs);
      return { onsetMs: kept?.onsetMs ?? presentedMs, elapsedMs, awayMs, hiddenMs };
    },
  };
}
