/** A lab station's own state: whether its browser is signed in and somebody is seated there, told at once when that changes. */
import { create } from 'zustand';
import { call, enter, refusalOf } from '../api.ts';

/** How long to wait before the live channel or the host is tried again. */
const RETRY_MS = 1000;

export type StationState = {
  /** `unpaired`: a code is asked for; `waiting`: nobody is seated yet; `seated`: the participant's pages are shown. */
  readonly phase: 'starting' | 'unpaired' | 'waiting' | 'seated';
  /** Whether the last code was not good. */
  readonly isCodeRefused: boolean;
  /** Signs in where needed and follows what the researcher changes. */
  start(): Promise<void>;
  pair(code: string): Promise<void>;
};

/** Whether this page is a station's: those have the participant's page as the first of their site. */
export const isStation = (): boolean => window.credence === undefined && window.location.pathname === '/';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the host says of this station; asks until it answers. */
async function askPhase(): Promise<StationState['phase']> {
  for (;;) {
    try {
      await call('participant.heartbeat', {});
      return 'seated';
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === 'unregistered') return 'unpaired';
      if (refusal === 'unseated') return 'waiting';
      await wait(RETRY_MS);
    }
  }
}

export const useStation = create<StationState>()((set, get) => {
  let isFollowing = false;

  const look = async (): Promise<void> => {
    const before = get().phase;
    const phase = await askPhase();
    // Whoever sits here now may be another person: nothing of the last one's page stays.
    if (before === 'seated') window.location.reload();
    else set({ phase, isCodeRefused: false });
    if (phase !== 'unpaired') follow();
  };

  /** Keeps the live channel open; opened again after a loss, the station looks again. */
  const follow = (): void => {
    if (isFollowing) return;
    isFollowing = true;
    const channel = new WebSocket(`ws://${window.location.host}/live`);
    channel.addEventListener('message', () => void look());
    channel.addEventListener('close', ({ code }) => {
      isFollowing = false;
      const isSignedOut = code === 4001;
      if (isSignedOut || get().phase === 'waiting') void wait(RETRY_MS).then(look);
      // Opened elsewhere in this browser: that page goes on, this one does not fight it.
      else if (code !== 4000) void wait(RETRY_MS).then(follow);
    });
  };

  return {
    phase: 'starting',
    isCodeRefused: false,
    async start() {
      await enter().catch(() => undefined);
      await look();
    },
    async pair(code) {
      try {
        await enter(code);
        await look();
      } catch {
        set({ isCodeRefused: true });
      }
    },
  };
});
