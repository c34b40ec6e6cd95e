/** Whether everything a participant was asked and left behind is in the store and can be read: what a redirect waits for. */
import { readAnswers, type Seat } from '../store/responses.ts';
import type { Store } from '../store/store.ts';

/** Reads the answers of every place left behind and says whether none is missing. */
export function isStoredWhole(store: Store, { progress, screens }: Seat): boolean {
  const reached = progress.state === 'completed' ? screens.length : progress.position;
  return screens.slice(0, reached).every((screen) => {
    if (screen.kind !== 'questions' || screen.queryIds.length === 0) return true;
    const answered = new Set(
      readAnswers(store, progress.participantId, screen.trialIndex).map(({ queryId }) => queryId),
    );
    return screen.queryIds.every((id) => answered.has(id));
  });
}
