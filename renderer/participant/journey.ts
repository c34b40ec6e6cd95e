/** A participant's way through the screens: what is given is kept before it is sent, and a screen is left only when the host has it. */

import { UserError } from '../../shared/errors.ts';
import type { Place } from '../../shared/participation.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import { refusalOf } from '../api.ts';
import { draftOf } from './answers.ts';
import type { Drafts } from './draft.ts';
import { createOutbox, type Kept, type KeptTexts, type Outbox, type Step } from './outbox.ts';
import type { Advanced, Feedback, ParticipantCall } from './procedures.ts';
import { type RetryOptions, untilReached } from './retry.ts';
import type { ScreenTimes } from './screenClock.ts';

/** The screen a participant is on, with the answers they had begun there and how long they have seen it. */
export type CurrentScreen = {
  readonly place: Place;
  readonly drafts: Drafts;
  readonly times: ScreenTimes | null;
  /** What came of the step that led here; null for a page that was just loaded. */
  readonly advanced: Advanced | null;
  /** The step was refused; the answers are still there. */
  readonly isRefused: boolean;
};

export type JourneyOptions = {
  readonly call: ParticipantCall;
  readonly storage: KeptTexts;
  readonly retry: RetryOptions;
};

export type Journey = {
  /** Takes the step an earlier visit was about to take, then gives the screen the participant is on. */
  arrive(): Promise<CurrentScreen>;
  /** The screen the participant is on now. */
  current(): Promise<CurrentScreen>;
  /** The screen of a place that the host has just told. */
  at(place: Place): CurrentScreen;
  /** Keeps answers that are still being made, so that a reload loses none. */
  keep(place: Place, drafts: Drafts, times: ScreenTimes | null): void;
  /** Leaves a screen by a step, and gives the next one. */
  take(from: Pick<CurrentScreen, 'place' | 'drafts' | 'times'>, step: Step): Promise<CurrentScreen>;
  /** Stores answers without leaving their screen, and gives what practice has to say of them. */
  practise(place: Place, responses: readonly SubmittedResponse[]): Promise<readonly Feedback[]>;
  /** Forgets what is kept here: the participant wants their data erased. */
  forget(place: Place): void;
  /** How many answers wait to be acknowledged. */
  countWaiting(place: Place): number;
};

/** What came of the step that led to a screen. */
type Came = Pick<CurrentScreen, 'advanced' | 'isRefused'>;

const NOTHING_CAME: Came = { advanced: null, isRefused: false };
const NOTHING_KEPT: Kept = { trialIndex: null, drafts: {}, times: null, step: null };

/** Whether the host does not know this page, or knows nobody who sits at it: what it is sent then is refused by nobody's answer. */
export const isNobodyHere = (error: unknown): boolean =>
  refusalOf(error) === 'unregistered' || refusalOf(error) === 'unseated';

/** The index of the screen in the sequence; null before and behind it. */
export const trialIndexOf = ({ screen }: Pick<Place, 'screen'>): number | null =>
  screen !== null && 'trialIndex' in screen ? screen.trialIndex : null;

/** The answers begun on this screen: those kept here, or else those the host has of an earlier visit. */
function draftsOf(place: Place, kept: Kept | null): Drafts {
  const trialIndex = trialIndexOf(place);
  if (kept !== null && trialIndex !== null && kept.trialIndex === trialIndex) return kept.drafts;
  const queries = place.screen?.kind === 'questions' ? place.screen.queries : [];
  return Object.fromEntries(
    place.answers.flatMap((answer) => {
      const query = queries.find(({ id }) => id === answer.queryId);
      return query ? [[query.id, draftOf(query, answer)]] : [];
    }),
  );
}

/** The way of whoever this page belongs to. Everything is tried until the host is reached. */
export function createJourney({ call, storage, retry }: JourneyOptions): Journey {
  const reach: ParticipantCall = (name, input) => untilReached(() => call(name, input), retry);
  const outboxOf = (place: Place): Outbox => createOutbox(place.participantId, storage);

  const at = (place: Place, came: Came = NOTHING_CAME): CurrentScreen => {
    const kept = outboxOf(place).read();
    const isHere = kept !== null && kept.trialIndex === trialIndexOf(place);
    return { place, drafts: draftsOf(place, kept), times: isHere ? kept.times : null, ...came };
  };

  const look = async (isArrival: boolean, came: Came): Promise<CurrentScreen> =>
    at(await reach('participant.screen', isArrival ? { isArrival } : {}), came);

  /**
   * What is kept, while a step is taken, so that whatever is lost on the way the step is taken once. The place it led to comes with the host's
   * answer; null where the step was refused.
   */
  const send = async (outbox: Outbox, kept: Kept, step: Step): Promise<{ place: Place | null; came: Came }> => {
    outbox.write({ ...kept, step });
    try {
      const result = await reach(step.name, step.input);
      const advanced = 'outcome' in result ? result : null;
      // The drafts of a check stay for the next attempt, those of a finished screen go.
      outbox.write(advanced?.outcome === 'retry' ? { ...kept, step: null } : NOTHING_KEPT);
      return { place: 'outcome' in result ? result.place : result, came: { advanced, isRefused: false } };
    } catch (error) {
      if (!(error instanceof UserError) || isNobodyHere(error)) throw error;
      outbox.setAside(step, error.message);
      outbox.write({ ...kept, step: null });
      return { place: null, came: { advanced: null, isRefused: true } };
    }
  };

  return {
    async arrive() {
      // Only then is it an arrival: a block that begins anew after a reload keeps what was given before it.
      const { place } = await look(false, NOTHING_CAME);
      const outbox = outboxOf(place);
      const kept = outbox.read();
      return look(true, kept?.step ? (await send(outbox, kept, kept.step)).came : NOTHING_CAME);
    },
    current: () => look(false, NOTHING_CAME),
    at: (place) => at(place),
    keep(place, drafts, times) {
      outboxOf(place).write({ trialIndex: trialIndexOf(place), drafts, times, step: null });
    },
    async take({ place, drafts, times }, step) {
      const kept: Kept = { trialIndex: trialIndexOf(place), drafts, times, step };
      const { place: next, came } = await send(outboxOf(place), kept, step);
      return next ? at(next, came) : look(false, came);
    },
    async practise(place, responses) {
      for (const response of responses) await reach('participant.submit', response);
      const trialIndex = trialIndexOf(place);
      return trialIndex === null ? [] : (await reach('participant.feedback', { trialIndex })).feedback;
    },
    forget: (place) => outboxOf(place).erase(),
    countWaiting(place) {
      const step = outboxOf(place).read()?.step;
      return step?.name === 'participant.advance' ? (step.input.responses?.length ?? 0) : 0;
    },
  };
}
