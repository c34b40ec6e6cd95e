/** What the procedures of sessions share: the store, studies in use, signs of life, and the sequences of participants under way. */
import { createRandom, type Random } from '../../engine/random.ts';
import { placedElsewhere } from '../../engine/study/resolveSequence.ts';
import type { PlannedScreen } from '../../shared/screen.ts';
import type { Study } from '../../shared/study.ts';
import { type Progress, readProgress, readSequence } from '../store/participants.ts';
import type { Seat } from '../store/responses.ts';
import type { Store } from '../store/store.ts';
import { createLiveness, type Liveness } from './liveness.ts';
import { createStudyShelf, type StudyShelf } from './studyShelf.ts';

const MOST_SEQUENCES = 500;

export type SessionContext = {
  readonly store: Store;
  readonly shelf: StudyShelf;
  readonly liveness: Liveness;
  /** Where a participant stands, with their places. Throws a UserError for an unknown or erased one. */
  seat(participantId: string): Seat;
  /** The participant's own stream: everything drawn for them comes from it, by purpose. */
  randomOf(progress: Pick<Progress, 'seed' | 'ordinal'>): Random;
  /** Called when lists of participants have changed. */
  readonly onChange: () => void;
  /** Where the assets of studies are kept. */
  readonly assets: string;
};

const blockOf =
  (study: Study) =>
  (scenarioId: string): string => {
    const elsewhere = placedElsewhere(study);
    const block = study.timeline.find(
      (node) => node.kind === 'block' && !elsewhere.has(node.id) && node.scenarioIds.includes(scenarioId),
    );
    return block?.id ?? study.timeline[0].id;
  };

/** A context over an open store. */
export function createSessionContext(
  store: Store,
  options: Pick<SessionContext, 'onChange' | 'assets'>,
): SessionContext {
  const shelf = createStudyShelf(store.read);
  const sequences = new Map<string, readonly PlannedScreen[]>();
  const sequenceOf = ({ participantId, versionId, screens }: Progress): readonly PlannedScreen[] => {
    const known = sequences.get(participantId);
    if (known?.length === screens) return known;
    const sequence = readSequence(store.read, participantId, blockOf(shelf.study(versionId)));
    const [oldest] = sequences.keys();
    if (sequences.size >= MOST_SEQUENCES && oldest !== undefined) sequences.delete(oldest);
    sequences.set(participantId, sequence);
    return sequence;
  };
  return {
    ...options,
    store,
    shelf,
    liveness: createLiveness(),
    seat: (participantId) => {
      const progress = readProgress(store.read, participantId);
      return { progress, screens: sequenceOf(progress) };
    },
    randomOf: ({ seed, ordinal }) => createRandom(seed).split('participant', ordinal),
  };
}
