/** What the parts of the participant's store share: the screen that is shown, the way to the next one, the screen's clock, and events on their way. */
import type { StoreApi } from 'zustand';
import type { PageEvent } from '../../shared/participation.ts';
import { type CurrentScreen, createJourney, isNobodyHere, type Journey, trialIndexOf } from '../participant/journey.ts';
import type { Step } from '../participant/outbox.ts';
import { createScreenClock, type Presence, type ScreenClock } from '../participant/screenClock.ts';
import { settle } from './loadable.ts';
import type { ParticipantState, ParticipantStoreOptions } from './participantStore.ts';

/** Events wait for the next call that carries them; of too many the newest stay. */
const MOST_EVENTS = 200;

export type ParticipantPage = Pick<StoreApi<ParticipantState>, 'getState' | 'setState'> & {
  readonly options: ParticipantStoreOptions;
  readonly journey: Journey;
  readonly clock: ScreenClock;
  /** The screen that is shown; null while there is none. */
  here(): CurrentScreen | null;
  /** Its place in the sequence; null before and behind it. */
  trialIndex(): number | null;
  report(type: PageEvent['type'], detail?: string): void;
  /** The events that wait, for a call that carries them; undefined where there are none. */
  takeEvents(): PageEvent[] | undefined;
  presence(): Presence;
  setPresence(presence: Presence): void;
  /** Shows the screen that `coming` gives, or what kept it from coming. */
  show(coming: Promise<CurrentScreen>): Promise<void>;
  /** Takes a step from the current screen, once. */
  take(step: Step): Promise<void>;
};

/** The page over one host. */
export function createParticipantPage(
  options: ParticipantStoreOptions,
  { getState, setState }: Pick<ParticipantPage, 'getState' | 'setState'>,
): ParticipantPage {
  const { now } = options;
  const clock = createScreenClock();
  const onWait = (): void => setState({ progress: 'waiting' });
  const journey = createJourney({ ...options, retry: { wait: options.wait, onWait } });
  let events: PageEvent[] = [];
  let presence: Presence = { isAway: false, isHidden: false };

  const here = (): CurrentScreen | null => {
    const { current } = getState();
    return current.status === 'ready' ? current.value : null;
  };
  const trialIndex = (): number | null => {
    const found = here();
    return found ? trialIndexOf(found.place) : null;
  };
  const report: ParticipantPage['report'] = (type, detail) => {
    const event = { type, trialIndex: trialIndex(), atMs: now(), ...(detail === undefined ? {} : { detail }) };
    events = [...events, event].slice(-MOST_EVENTS);
  };
  const show = async (coming: Promise<CurrentScreen>): Promise<void> => {
    try {
      const value = await coming;
      if (getState().progress === 'waiting') report('reconnected');
      clock.insert(value.times);
      clock.setPresence(presence, now());
      const { drafts } = value;
      const current = { status: 'ready', value } as const;
      setState({ current, drafts, progress: 'idle', feedback: null, practised: null, isSignedOut: false });
    } catch (error) {
      if (isNobodyHere(error)) setState({ isSignedOut: true, progress: 'idle' });
      else setState({ current: await settle(Promise.reject(error)), progress: 'idle' });
    }
  };

  return {
    getState,
    setState,
    options,
    journey,
    clock,
    here,
    trialIndex,
    report,
    takeEvents() {
      const taken = events;
      events = [];
      return taken.length > 0 ? taken : undefined;
    },
    presence: () => presence,
    setPresence(next) {
      presence = next;
      clock.setPresence(next, now());
    },
    show,
    async take(step) {
      const found = here();
      if (!found || getState().progress !== 'idle') return;
      setState({ progress: 'sending' });
      await show(journey.take({ place: found.place, drafts: getState().drafts, times: clock.read(now()) }, step));
    },
  };
}
