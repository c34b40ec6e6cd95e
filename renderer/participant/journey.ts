/** A participant's way through the pages: an answer is kept before it is sent, a page is left only when every answer on it is acknowledged. */
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../shared/api.ts';
import type { Screen } from '../../shared/screen.ts';
import { type Drafts, responsesOf } from './answers.ts';
import { createOutbox, type KeptTexts, type Outbox } from './outbox.ts';
import { type RetryOptions, untilReached } from './retry.ts';

export type Place = ProcedureOutput<'participant.screen'>;

/** The page a participant is on, with the answers they had begun there. */
export type CurrentPage = { readonly place: Place; readonly drafts: Drafts };

export type JourneyOptions = {
  readonly call: <N extends ProcedureName>(name: N, input: ProcedureInput<N>) => Promise<ProcedureOutput<N>>;
  readonly storage: KeptTexts;
  readonly retry: RetryOptions;
};

export type Journey = {
  /** Sends what an earlier visit left, then gives the page the participant is on. Reaching the last page completes them. */
  current(): Promise<CurrentPage>;
  /** Keeps answers that are still being made, so that a reload loses none. */
  keep(place: Place, drafts: Drafts): void;
  /** Leaves a page whose queries all have a rating; `commitMs` since it was shown. Gives the next one. */
  leave(page: CurrentPage, commitMs: number): Promise<CurrentPage>;
};

/** The place of a screen in the sequence; undefined before and behind it. */
const trialOf = (screen: Screen | null): number | undefined =>
  screen && 'trialIndex' in screen ? screen.trialIndex : undefined;

/** The way of whoever this page belongs to. Everything is tried until the host is reached. */
export function createJourney({ call, storage, retry }: JourneyOptions): Journey {
  const reach: JourneyOptions['call'] = (name, input) => untilReached(() => call(name, input), retry);
  const outboxOf = (place: Place): Outbox => createOutbox(place.participantId, storage);

  /** Sends the kept answers in order; each leaves the outbox when it is acknowledged. */
  const sendWaiting = async (outbox: Outbox): Promise<void> => {
    for (let kept = outbox.read(); kept && kept.waiting.length > 0; kept = outbox.read()) {
      const [response, ...rest] = kept.waiting;
      await reach('participant.submit', response);
      outbox.write({ ...kept, waiting: rest });
    }
  };

  const current = async (): Promise<CurrentPage> => {
    const place = await reach('participant.screen', {});
    const outbox = outboxOf(place);
    const kept = outbox.read();
    if (kept?.isLeaving) {
      await sendWaiting(outbox);
      await reach('participant.advance', { trialIndex: kept.trialIndex });
      outbox.write({ ...kept, waiting: [], isLeaving: false });
      return current();
    }
    return { place, drafts: kept !== null && kept.trialIndex === trialOf(place.screen) ? kept.drafts : {} };
  };

  return {
    current,
    keep(place, drafts) {
      const trialIndex = trialOf(place.screen);
      if (trialIndex !== undefined) outboxOf(place).write({ trialIndex, drafts, waiting: [], isLeaving: false });
    },
    async leave({ place, drafts }, commitMs) {
      const { screen, nextClientSeq: firstClientSeq } = place;
      const trialIndex = trialOf(screen);
      if (screen?.kind === 'check-in') await reach('participant.checkIn', { locale: place.locale });
      else if (screen?.kind === 'consent') {
        const boxes = Object.fromEntries(screen.boxes.map(({ id }) => [id, true]));
        const decision = {
          trialIndex: screen.trialIndex,
          isGranted: true,
          boxes,
          dwellMs: commitMs,
          wasReadToEnd: true,
        };
        await reach('participant.consent', decision);
      } else if (screen?.kind === 'questions') {
        const waiting = responsesOf({ screen, drafts, firstClientSeq, commitMs });
        outboxOf(place).write({ trialIndex: screen.trialIndex, drafts, waiting, isLeaving: true });
      } else if (trialIndex !== undefined) await reach('participant.advance', { trialIndex });
      return current();
    },
  };
}
