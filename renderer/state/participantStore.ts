/** The participant's store: the page they are on, what they answer there, and whether it is being saved. */
import { create } from 'zustand';
import { call, enter } from '../api.ts';
import { type Drafts, type Move, moved } from '../participant/answers.ts';
import { type CurrentPage, createJourney, type Place } from '../participant/journey.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';

export type ParticipantState = {
  readonly place: Loadable<Place>;
  readonly drafts: Drafts;
  /** `sending` between Continue and the next page; `waiting` while the host cannot be reached. */
  readonly progress: 'idle' | 'sending' | 'waiting';
  /** Signs in where needed, sends what an earlier visit left, and shows the participant's page. */
  start(): Promise<void>;
  answer(queryId: string, move: Omit<Move, 'atMs'>): void;
  /** Leaves the page: its answers are sent and acknowledged first. */
  leave(): Promise<void>;
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const useParticipant = create<ParticipantState>()((set, get) => {
  /** When the page appeared, on the monotonic clock. */
  let shownAtMs = 0;
  const journey = createJourney({
    call,
    storage: window.localStorage,
    retry: { wait, onWait: () => set({ progress: 'waiting' }) },
  });

  /** Shows the page that `coming` gives, or what kept it from coming. */
  const show = async (coming: Promise<CurrentPage>): Promise<void> => {
    const page = await settle(coming);
    shownAtMs = performance.now();
    if (page.status === 'ready')
      set({ place: { status: 'ready', value: page.value.place }, drafts: page.value.drafts, progress: 'idle' });
    else set({ place: page, progress: 'idle' });
  };

  return {
    place: LOADING,
    drafts: {},
    progress: 'idle',
    start: () => show(enter().then(journey.current)),
    answer(queryId, move) {
      const { place, drafts: before } = get();
      if (place.status !== 'ready') return;
      const drafts = { ...before, [queryId]: moved(before[queryId], { ...move, atMs: performance.now() - shownAtMs }) };
      set({ drafts });
      journey.keep(place.value, drafts);
    },
    async leave() {
      const { place, drafts, progress } = get();
      if (place.status !== 'ready' || progress !== 'idle') return;
      set({ progress: 'sending' });
      await show(journey.leave({ place: place.value, drafts }, performance.now() - shownAtMs));
    },
  };
});
