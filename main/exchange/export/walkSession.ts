/** One pass over a session: participant after participant, with progress, cancelling, and room for other work in between. */
import { setImmediate } from 'node:timers/promises';
import { CancelledError } from '../../../shared/errors.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { ExportedParticipant, ExportSource } from './exportSource.ts';

const BREATHE_MS = 12;

/** Calls `visit` with every participant. Throws CancelledError on the signal. */
export async function walkSession(
  source: ExportSource,
  { stage, onProgress, signal }: RunControl & { readonly stage: string },
  visit: (participant: ExportedParticipant) => Promise<void> | void,
): Promise<void> {
  let done = 0;
  let restedAt = performance.now();
  const total = source.session.participants;
  for (const participant of source.participants()) {
    if (signal?.aborted) throw new CancelledError('export');
    await visit(participant);
    done++;
    if (performance.now() - restedAt < BREATHE_MS) continue;
    onProgress?.({ stage, done, total, unit: 'participants' });
    await setImmediate();
    restedAt = performance.now();
  }
  onProgress?.({ stage, done, total, unit: 'participants' });
}
