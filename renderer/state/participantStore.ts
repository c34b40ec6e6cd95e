/** The participant's store: the screen they are on, what they answer there, and whether it is being saved. */
import { createContext, use } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { CheckIn, ConsentDecision, PageEvent } from '../../shared/participation.ts';
import type { Drafts, InputMode, Move } from '../participant/draft.ts';
import type { CurrentScreen, JourneyOptions } from '../participant/journey.ts';
import type { Act, Advanced, Feedback } from '../participant/procedures.ts';
import type { Presence } from '../participant/screenClock.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import { createAnswers } from './participantAnswers.ts';
import { createParticipantPage } from './participantPage.ts';
import { createSteps } from './participantSteps.ts';

type CheckInChoices = Omit<CheckIn, 'recruiter' | 'device'>;

export type ParticipantState = {
  readonly current: Loadable<CurrentScreen>;
  readonly drafts: Drafts;
  /** `sending` between Continue and the next screen; `waiting` while the host cannot be reached. */
  readonly progress: 'idle' | 'sending' | 'waiting';
  /** The host does not know this page any more. */
  readonly isSignedOut: boolean;
  readonly feedback: readonly Feedback[] | null;
  /** What practice has stored of the answers shown; changed ones are sent again when the screen is left. */
  readonly practised: Drafts | null;
  readonly hasAskedForHelp: boolean;
  /** Shows the participant's screen, after sending what an earlier visit left. */
  start(): Promise<void>;
  /** The screen's second animation frame began, in ms on the page's clock. */
  present(atMs: number): void;
  answer(queryId: string, move: Move): void;
  checkIn(choices: CheckInChoices): Promise<void>;
  consent(decision: Omit<ConsentDecision, 'trialIndex' | 'dwellMs'>): Promise<void>;
  /** Leaves a screen; its answers are stored first. */
  leave(endedOn: 'response' | 'timeout', inputMode: InputMode): Promise<void>;
  practise(inputMode: InputMode): Promise<void>;
  chooseData(choice: 'use' | 'erase'): Promise<void>;
  back(): Promise<void>;
  act(act: Act): Promise<void>;
  report(type: PageEvent['type'], detail?: string): void;
  setPresence(presence: Presence): void;
  /** Tells the host that the page is alive, and asks for the screen anew where the host has moved on. */
  beat(idleMs: number | undefined): Promise<void>;
};

export type ParticipantStoreOptions = Omit<JourneyOptions, 'retry'> & {
  readonly wait: JourneyOptions['retry']['wait'];
  /** The page's monotonic clock, in ms. */
  readonly now: () => number;
  /** Signs the page in where that is needed, before the first call. */
  readonly enter: () => Promise<void>;
  /** What check-in tells beside the participant's own choices. */
  readonly describeVisit: () => Pick<CheckIn, 'recruiter' | 'device'>;
  /** Calls `write` soon, at most a few times a second, and at once when the page is about to go. */
  readonly writeSoon: (write: () => void) => void;
};

export type ParticipantStore = StoreApi<ParticipantState>;

/** A store over one host. */
export function createParticipantStore(options: ParticipantStoreOptions): ParticipantStore {
  const { call } = options;
  return createStore<ParticipantState>()((setState, getState) => {
    const page = createParticipantPage(options, { setState, getState });
    const { journey, clock, here, show } = page;
    return {
      current: LOADING,
      drafts: {},
      progress: 'idle',
      isSignedOut: false,
      feedback: null,
      practised: null,
      hasAskedForHelp: false,
      start: () => show(options.enter().then(journey.arrive)),
      present(atMs) {
        clock.present(atMs);
        page.report('presented');
      },
      ...createAnswers(page),
      ...createSteps(page),
      report: page.report,
      setPresence: page.setPresence,
      async beat(idleMs) {
        const found = here();
        const isIdle = (): boolean => getState().progress === 'idle';
        if (!found || !isIdle() || found.place.state === 'invited') return;
        const { isHidden } = page.presence();
        const waiting = journey.countWaiting(found.place);
        const heard = await settle(call('participant.heartbeat', { idleMs, isHidden, waiting }));
        if (heard.status !== 'ready' || !isIdle() || here() !== found) return;
        const { state, hold, index } = heard.value;
        const { place } = found;
        if (state !== place.state || hold !== place.hold || index !== place.index) await show(journey.current());
      },
    };
  });
}

/** The store of the page that is drawn: one for a participant's page, another for each preview. */
export const ParticipantContext = createContext<ParticipantStore | null>(null);

/** What a component needs of the participant's store. */
export function useParticipant<T>(select: (state: ParticipantState) => T): T {
  const store = use(ParticipantContext);
  if (!store) throw new Error('internal: a participant component outside its page');
  return useStore(store, select);
}

/** What came of the last step, for the screen that follows it. */
export const useAdvanced = (): Advanced | null =>
  useParticipant(({ current }) => (current.status === 'ready' ? current.value.advanced : null));
