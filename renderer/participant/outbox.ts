/** The outbox: what the participant has given and the host has not acknowledged, kept in the browser so that a reload or crash loses none. */
import type { Drafts } from './draft.ts';
import type { InputOf, ParticipantProcedure } from './procedures.ts';
import type { ScreenTimes } from './screenClock.ts';

type StepOf<N extends ParticipantProcedure> = { readonly name: N; readonly input: InputOf<N> };

/** A step that leaves a screen. Each may be sent again: the host takes it once. */
export type Step =
  | StepOf<'participant.checkIn'>
  | StepOf<'participant.consent'>
  | StepOf<'participant.advance'>
  | StepOf<'participant.dataChoice'>;

/** What is kept for one participant. */
export type Kept = {
  /** The screen it belongs to; null before the sequence. */
  readonly trialIndex: number | null;
  /** How often a check was tried when this was kept; drafts of an earlier attempt are shown again, not sent again. */
  readonly drafts: Drafts;
  /** How long the screen was shown so far. */
  readonly times: ScreenTimes | null;
  /** The step that is being taken, if the participant has left the screen: then only sending it remains. */
  readonly step: Step | null;
};

/** What the outbox needs of the browser's `localStorage`. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export type Outbox = {
  read(): Kept | null;
  write(kept: Kept): void;
  /** Puts a step that the host refuses out of the way, and keeps it. */
  setAside(step: Step, reason: string): void;
  /** Forgets everything: the participant wants their data erased. */
  erase(): void;
};

/** The outbox of one participant. What cannot be read counts as nothing kept. */
export function createOutbox(participantId: string, storage: KeptTexts): Outbox {
  const name = `credence-outbox-${participantId}`;
  const asideName = `credence-refused-${participantId}`;
  return {
    read() {
      try {
        const kept = JSON.parse(storage.getItem(name) ?? 'null');
        return typeof kept?.drafts === 'object' && 'step' in kept ? kept : null;
      } catch {
        return null;
      }
    },
    write: (kept) => storage.setItem(name, JSON.stringify(kept)),
    setAside(step, reason) {
      const before = storage.getItem(asideName);
      const line = JSON.stringify({ step, reason });
      storage.setItem(asideName, before === null ? line : `${before}\n${line}`);
    },
    erase() {
      storage.removeItem(name);
      storage.removeItem(asideName);
    },
  };
}
