/** The participant's store: where they are, what they answer, and what waits to be acknowledged. */
import { create } from 'zustand';
import type { ProcedureOutput } from '../../shared/api.ts';
import { call, enter } from '../api.ts';
import { type Drafts, type Move, moved, responsesOf } from '../participant/answers.ts';
import { createOutbox, type Outbox } from '../participant/outbox.ts';
import { untilReached } from '../participant/retry.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';

export type Place = ProcedureOutput<'participant.screen'>;

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

/** When the page that is shown appeared, on the monotonic clock. */
let shownAtMs = 0;
let outbox: Outbox | null = null;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const useParticipant = create<ParticipantState>()((set, get) => {
  const reach = <T>(attempt: () => Promise<T>): Promise<T> =>
    untilReached(attempt, { wait, onWait: () => set({ progress: 'waiting' }) }).then((result) => {
      if (get().progress === 'waiting') set({ progress: 'sending' });
      return result;
    });

  /** Sends the kept answers in order, each until it is acknowledged, and takes it out of the outbox then. */
  const sendWaiting = async (): Promise<void> => {
    for (let kept = outbox?.read(); kept && kept.waiting.length > 0; kept = outbox?.read()) {
      const [response, ...rest] = kept.waiting;
      await reach(() => call('participant.submit', response));
      outbox?.write({ ...kept, waiting: rest });
    }
  };

  const show = async (): Promise<void> => {
    const place = await reach(() => call('participant.screen', {}));
    outbox = createOutbox(place.participantId, window.localStorage);
    const kept = outbox.read();
    if (kept && kept.waiting.length > 0) {
      await sendWaiting();
      await reach(() => call('participant.advance', { trialIndex: kept.trialIndex }));
      return show();
    }
    const isSamePage = kept !== null && kept.trialIndex === place.screen?.trialIndex;
    shownAtMs = performance.now();
    set({ place: { status: 'ready', value: place }, drafts: isSamePage ? kept.drafts : {}, progress: 'idle' });
    // Reaching the last page completes the participant; nothing is asked there.
    const { screen } = place;
    if (screen?.kind === 'text' && screen.node.kind === 'end')
      await reach(() => call('participant.advance', { trialIndex: screen.trialIndex }));
  };

  /** Runs `work` and turns what it throws into a state the page can show. */
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    const outcome = await settle(work());
    if (outcome.status === 'failed') set({ place: outcome, progress: 'idle' });
  };

  return {
    place: LOADING,
    drafts: {},
    progress: 'idle',
    start: () => guarded(() => enter().then(show)),
    answer(queryId, move) {
      const atMs = performance.now() - shownAtMs;
      const drafts = { ...get().drafts, [queryId]: moved(get().drafts[queryId], { ...move, atMs }) };
      set({ drafts });
      const { place } = get();
      const trialIndex = place.status === 'ready' ? place.value.screen?.trialIndex : undefined;
      if (trialIndex !== undefined) outbox?.write({ trialIndex, drafts, waiting: [] });
    },
    leave: () =>
      guarded(async () => {
        const { place, drafts, progress } = get();
        if (place.status !== 'ready' || place.value.screen === null || progress !== 'idle') return;
        set({ progress: 'sending' });
        const { screen, nextClientSeq: firstClientSeq } = place.value;
        const { trialIndex } = screen;
        if (screen.kind === 'scenario') {
          const commitMs = performance.now() - shownAtMs;
          const { scenario } = screen;
          const waiting = responsesOf({ scenario, trialIndex, drafts, firstClientSeq, commitMs });
          outbox?.write({ trialIndex, drafts, waiting });
          await sendWaiting();
        }
        await reach(() => call('participant.advance', { trialIndex }));
        await show();
      }),
  };
});
