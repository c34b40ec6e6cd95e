/** The participant's store: the screen they are on, what they answer there, and whether it is being saved. */
import { createContext, use } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { CheckIn, ConsentDecision, PageEvent } from '../../shared/participation.ts';
import { responsesOf } from '../participant/answers.ts';
import { type Drafts, type InputMode, type Move, moved } from '../participant/draft.ts';
import {
  type CurrentScreen,
  createJourney,
  isNobodyHere,
  type JourneyOptions,
  trialIndexOf,
} from '../participant/journey.ts';
import type { Step } from '../participant/outbox.ts';
import type { Act, Advanced, Feedback } from '../participant/procedures.ts';
import { createScreenClock, type Presence } from '../participant/screenClock.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';

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

const POINTERS: readonly InputMode[] = ['mouse', 'touch', 'pen'];

/** Events wait for the next call that carries them; of too many the newest stay. */
const MOST_EVENTS = 200;

/** A store over one host. */
export function createParticipantStore(options: ParticipantStoreOptions): ParticipantStore {
  const { call, now } = options;
  const clock = createScreenClock();
  let events: PageEvent[] = [];
  let presence: Presence = { isAway: false, isHidden: false };

  return createStore<ParticipantState>()((set, get) => {
    const journey = createJourney({
      ...options,
      retry: { wait: options.wait, onWait: () => set({ progress: 'waiting' }) },
    });
    const here = (): CurrentScreen | null => {
      const { current } = get();
      return current.status === 'ready' ? current.value : null;
    };

    const report: ParticipantState['report'] = (type, detail) => {
      const found = here();
      const trialIndex = found ? trialIndexOf(found.place) : null;
      events = [...events, { type, trialIndex, atMs: now(), ...(detail === undefined ? {} : { detail }) }];
      events = events.slice(-MOST_EVENTS);
    };

    /** Shows the screen that `coming` gives, or what kept it from coming. */
    const show = async (coming: Promise<CurrentScreen>): Promise<void> => {
      const wasWaiting = (): boolean => get().progress === 'waiting';
      try {
        const value = await coming;
        if (wasWaiting()) report('reconnected');
        clock.insert(value.times);
        clock.setPresence(presence, now());
        const current = { status: 'ready', value } as const;
        set({ current, drafts: value.drafts, progress: 'idle', feedback: null, practised: null, isSignedOut: false });
      } catch (error) {
        if (isNobodyHere(error)) set({ isSignedOut: true, progress: 'idle' });
        else set({ current: await settle(Promise.reject(error)), progress: 'idle' });
      }
    };

    /** Takes a step from the current screen, once. */
    const take = async (step: Step): Promise<void> => {
      const found = here();
      if (!found || get().progress !== 'idle') return;
      set({ progress: 'sending' });
      await show(journey.take({ place: found.place, drafts: get().drafts, times: clock.read(now()) }, step));
    };

    const takeEvents = (): PageEvent[] | undefined => {
      const taken = events;
      events = [];
      return taken.length > 0 ? taken : undefined;
    };

    /** The responses to the screen's queries as they are now; none for a screen that asks nothing or has stored them. */
    const responsesNow = (endedOn: 'response' | 'timeout', inputMode: InputMode) => {
      const found = here();
      const screen = found?.place.screen;
      if (!found || screen?.kind !== 'questions' || screen.isReadOnly || get().practised === get().drafts) return [];
      const times = clock.read(now()) ?? { onsetMs: now(), elapsedMs: 0, awayMs: 0, hiddenMs: 0 };
      const { elapsedMs: commitMs, ...others } = times;
      const timing = { ...others, commitMs, endedOn, inputMode };
      return responsesOf(screen, get().drafts, { firstClientSeq: found.place.nextClientSeq, timing });
    };

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
        report('presented');
      },
      answer(queryId, move) {
        const found = here();
        const times = clock.read(now());
        // A press before the screen was presented was meant for the one before it.
        const isMeant = times !== null || !POINTERS.includes(move.inputMode);
        if (!found || !isMeant || get().progress !== 'idle') return;
        const before = get().drafts;
        if (Object.keys(before).length === 0) report('engaged');
        if (move.value === null && before[queryId]) report('widget-cleared', queryId);
        const drafts = { ...before, [queryId]: moved(before[queryId], move, times?.elapsedMs ?? 0) };
        set({ drafts });
        options.writeSoon(() => {
          if (get().drafts === drafts && get().progress === 'idle')
            journey.keep(found.place, drafts, clock.read(now()));
        });
      },
      checkIn: (choices) => take({ name: 'participant.checkIn', input: { ...choices, ...options.describeVisit() } }),
      async consent(decision) {
        const found = here();
        const trialIndex = found && trialIndexOf(found.place);
        if (typeof trialIndex !== 'number') return;
        const dwellMs = clock.read(now())?.elapsedMs ?? 0;
        await take({ name: 'participant.consent', input: { ...decision, trialIndex, dwellMs } });
      },
      async leave(endedOn, inputMode) {
        const found = here();
        const trialIndex = found && trialIndexOf(found.place);
        if (typeof trialIndex !== 'number' || get().progress !== 'idle') return;
        report('answered');
        const responses = responsesNow(endedOn, inputMode);
        await take({ name: 'participant.advance', input: { trialIndex, responses, events: takeEvents() } });
      },
      async practise(inputMode) {
        const found = here();
        if (!found || get().progress !== 'idle') return;
        const { drafts } = get();
        const responses = responsesNow('response', inputMode);
        set({ progress: 'sending' });
        try {
          const feedback = await journey.practise(found.place, responses);
          const place = { ...found.place, nextClientSeq: found.place.nextClientSeq + responses.length };
          set({
            current: { status: 'ready', value: { ...found, place } },
            feedback,
            practised: drafts,
            progress: 'idle',
          });
        } catch (error) {
          await show(Promise.reject(error));
        }
      },
      async chooseData(choice) {
        const found = here();
        const trialIndex = found && trialIndexOf(found.place);
        if (!found || typeof trialIndex !== 'number') return;
        await take({ name: 'participant.dataChoice', input: { trialIndex, choice } });
        if (choice === 'erase' && here()?.isRefused === false) journey.forget(found.place);
      },
      async back() {
        const found = here();
        const trialIndex = found && trialIndexOf(found.place);
        if (typeof trialIndex !== 'number' || get().progress !== 'idle') return;
        set({ progress: 'sending' });
        await show(call('participant.back', { trialIndex }).then(journey.at));
      },
      async act(act) {
        const found = here();
        if (!found) return;
        if (act === 'help') set({ hasAskedForHelp: true });
        const done = call('participant.act', { act });
        if (act === 'help') return void (await settle(done));
        await show(done.then(journey.at));
        if (act === 'withdraw') journey.forget(found.place);
      },
      report,
      setPresence(next) {
        presence = next;
        clock.setPresence(next, now());
      },
      async beat(idleMs) {
        const found = here();
        if (!found || get().progress !== 'idle' || found.place.state === 'invited') return;
        const { isHidden } = presence;
        const waiting = journey.countWaiting(found.place);
        const heard = await settle(call('participant.heartbeat', { idleMs, isHidden, waiting }));
        if (heard.status !== 'ready' || get().progress !== 'idle' || here() !== found) return;
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
