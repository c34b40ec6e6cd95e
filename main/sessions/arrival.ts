/** Coming back and running out of time: what a page that arrives again finds, and when a participation ends by itself. */
import { resumeAt } from '../../engine/study/leavePlace.ts';
import { isFinal } from '../../engine/study/participantStates.ts';
import { readExtension } from '../store/extensions.ts';
import { readEvents } from '../store/participants.ts';
import type { Seat } from '../store/responses.ts';
import type { SessionContext } from './context.ts';
import { move, record } from './moves.ts';

/** A page that has arrived again after its first time: applies the resume policy, and stores that and how long it was away. */
export function arrive(context: SessionContext, seat: Seat): void {
  const { progress, screens } = seat;
  const { participantId, versionId, position } = progress;
  if (progress.state === 'invited' || isFinal(progress.state) || screens[position] === undefined) return;
  const { read } = context.store;
  // Whoever checked in by a page has one.
  const isKnown =
    readEvents(read, participantId, 'arrived').length > 0 ||
    readEvents(read, participantId, 'state.checked-in').some(({ actor }) => actor === 'participant');
  if (!isKnown) {
    record(context, participantId, { events: [{ type: 'arrived', detail: { position } }] });
    return;
  }
  const leftAtMs = Math.max(Date.parse(progress.changedAt), readExtension(read, participantId).untilMs);
  const gapMs = Math.max(0, context.store.clock.now().getTime() - leftAtMs);
  const found = resumeAt(context.shelf.study(versionId), { ...progress, screens }, gapMs);
  const event = { type: 'resumed', detail: { position, gapMs, policy: found.kind } };
  if (found.kind === 'approval') {
    if (progress.heldBy !== 'approval') record(context, participantId, { heldBy: 'approval', events: [event] });
  } else
    record(
      context,
      participantId,
      found.position === position ? { events: [event] } : { position: found.position, events: [event] },
    );
}

/** Ends a participation whose time is up; it has none where the study sets no limit. */
export function endIfTimeIsUp(context: SessionContext, { progress }: Seat): void {
  const { participantId, versionId, checkedInAt, state } = progress;
  const { maxMinutes } = context.shelf.study(versionId).design ?? {};
  if (maxMinutes === undefined || checkedInAt === null || isFinal(state)) return;
  const minutes = (context.store.clock.now().getTime() - Date.parse(checkedInAt)) / 60_000;
  if (minutes <= maxMinutes || minutes <= maxMinutes + readExtension(context.store.read, participantId).minutes) return;
  context.store.settle();
  move(context, progress, 'time-out', { heldBy: null });
}
