/** A session of simulated participants, who go through the procedures that pages use and are stored as stage `simulated`. */
import { createRandom } from '../../engine/random.ts';
import { rightOptionsOf } from '../../engine/study/rightOptions.ts';
import {
  createSimulatedPerson,
  type Knowledge,
  type Posteriors,
  type Profile,
  type SimulatedPerson,
} from '../../engine/study/simulatedParticipant.ts';
import type { Caller, Handlers } from '../../shared/api.ts';
import { CancelledError, InternalError } from '../../shared/errors.ts';
import type { Place } from '../../shared/participation.ts';
import type { RunControl } from '../../shared/progress.ts';

export type SimulationOptions = {
  readonly versionId: string;
  readonly posteriors: Posteriors;
  readonly participants: number;
  readonly seed: number;
  /** Taken in turn by the participants. */
  readonly profiles: readonly Profile[];
};

export type SimulatedSession = {
  readonly sessionId: string;
  readonly participants: readonly {
    readonly participantId: string;
    readonly label: string;
    readonly profile: Profile;
  }[];
};

/** The procedures a simulated session goes through: those of the pages. */
export type SimulatedHandlers = Pick<
  Handlers,
  | 'studies.read'
  | 'sessions.open'
  | 'sessions.addParticipant'
  | 'sessions.close'
  | Extract<keyof Handlers, `participant.${string}`>
>;
type Simulated = { readonly handlers: SimulatedHandlers };

const researcher: Caller = { role: 'researcher' };

/** Does what the page of a person would do on the screen of `place`, and gives the place that it leads to. */
async function step(host: Simulated, caller: Caller, place: Place, person: SimulatedPerson): Promise<Place> {
  const { handlers } = host;
  const { screen } = place;
  switch (screen?.kind) {
    case 'check-in': {
      const label = screen.asksLabel ? { label: `simulated ${place.participantId.slice(0, 8)}` } : {};
      return handlers['participant.checkIn']({ locale: place.locale, ...label }, caller);
    }
    case 'consent': {
      const boxes = Object.fromEntries(screen.boxes.map(({ id }) => [id, true]));
      const { trialIndex } = screen;
      const decision = { trialIndex, isGranted: true, boxes, dwellMs: 4000, wasReadToEnd: true };
      return handlers['participant.consent'](decision, caller);
    }
    case 'device':
    case 'text':
      return (await handlers['participant.advance']({ trialIndex: screen.trialIndex }, caller)).place;
    case 'questions': {
      const responses = person.answer(screen, place.nextClientSeq);
      const { acknowledgements, place: next } = await handlers['participant.advance'](
        { trialIndex: screen.trialIndex, responses },
        caller,
      );
      if (acknowledgements.length !== responses.length)
        throw new InternalError(`${responses.length} responses were acknowledged as ${acknowledgements.length}`);
      return next;
    }
    case 'data-choice':
      return handlers['participant.dataChoice']({ trialIndex: screen.trialIndex, choice: 'use' }, caller);
    default:
      throw new InternalError(`a simulated participant was held up: ${place.hold ?? screen?.kind}`);
  }
}

/** One participant goes from check-in to the last screen. */
async function takePart(host: Simulated, caller: Caller, person: SimulatedPerson): Promise<void> {
  let place = await host.handlers['participant.screen']({}, caller);
  while (place.screen?.kind !== 'end') place = await step(host, caller, place, person);
}

/** Runs a whole session. Throws CancelledError when stopped; those who are in it then stay as they are. */
export async function simulateSession(
  host: Simulated,
  options: SimulationOptions,
  { onProgress, signal }: RunControl,
): Promise<SimulatedSession> {
  const { handlers } = host;
  const { versionId, participants, seed, profiles, posteriors } = options;
  const study = await handlers['studies.read']({ versionId }, researcher);
  const knowledge: Knowledge = { posteriors, rightOptions: rightOptionsOf(study) };
  const { sessionId } = await handlers['sessions.open']({ versionId, stage: 'simulated', seed }, researcher);
  const people: { participantId: string; label: string; profile: Profile }[] = [];
  for (let index = 0; index < participants; index++) {
    if (signal?.aborted) throw new CancelledError('simulate');
    const profile = profiles[index % profiles.length];
    const label = `simulated-${index + 1}-${profile}`;
    const { participantId } = await handlers['sessions.addParticipant']({ sessionId, label }, researcher);
    const person = createSimulatedPerson(createRandom(seed).split('simulated', index), profile, knowledge);
    await takePart(host, { role: 'participant', participantId }, person);
    people.push({ participantId, label, profile });
    onProgress?.({ stage: 'simulated participants', done: index + 1, total: participants, unit: 'people' });
    // Handlers answer at once, so nothing else would have its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await handlers['sessions.close']({ sessionId }, researcher);
  return { sessionId, participants: people };
}
