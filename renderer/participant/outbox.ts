/** The outbox: answers the participant has given and the host has not acknowledged, kept in the browser so that a reload or crash loses none. */
import type { SubmittedResponse } from '../../shared/response.ts';
import type { Drafts } from './answers.ts';

/** What is kept for one participant: the page it belongs to, the answers being made there, and those waiting to be acknowledged. */
export type Kept = {
  readonly trialIndex: number;
  readonly drafts: Drafts;
  readonly waiting: readonly SubmittedResponse[];
  /** Whether the participant has left the page: then only sending and advancing remain. */
  readonly isLeaving: boolean;
};

/** What the outbox needs of the browser's `localStorage`. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem'>;

export type Outbox = { read(): Kept | null; write(kept: Kept): void };

/** The outbox of one participant. What cannot be read counts as nothing kept. */
export function createOutbox(participantId: string, storage: KeptTexts): Outbox {
  const name = `credence-outbox-${participantId}`;
  return {
    read() {
      try {
        const kept = JSON.parse(storage.getItem(name) ?? 'null');
        return Array.isArray(kept?.waiting) && typeof kept.drafts === 'object' ? kept : null;
      } catch {
        return null;
      }
    },
    write: (kept) => storage.setItem(name, JSON.stringify(kept)),
  };
}
