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

/** The station's phase, and who sits at it. */
type Seat = Pick<StationState, 'phase'> & { readonly participantId: string | null };

/** What the host says of this station; asks until it answers. */
async function askSeat(): Promise<Seat> {
  for (;;) {
    try {
      const { participantId } = await call('participant.screen', {});
      return { phase: 'seated', participantId };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === 'unregistered') return { phase: 'unpaired', participantId: null };
      if (refusal === 'unseated') return { phase: 'waiting', participantId: null };
      await wait(RETRY_MS);
    }
  }
}

/** Loads the page anew once it can be had: a reload into a dead network would leave the browser's own error page. */
async function reloadWhenReachable(): Promise<void> {
  for (;;) {
    const isReachable = await fetch('./').then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReachable) return window.location.reload();
    await wait(RETRY_MS);
  }
}

export const useStation = create<StationState>()((set, get) => {
  let isFollowing = false;

  let seatedId: string | null = null;

  const look = async (): Promise<void> => {
    const before = get().phase;
    const { phase, participantId } = await askSeat();
    // Another person sits here now, or nobody: nothing of the last one's page stays.
    if (before === 'seated' && participantId !== seatedId) return reloadWhenReachable();
    seatedId = participantId;
    set({ phase, isCodeRefused: false });
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
      // Opened elsewhere in this browser (4000): that page goes on, this one does not fight it. While the channel was down, the seat may have changed.
      if (code !== 4000) void wait(RETRY_MS).then(look);
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
