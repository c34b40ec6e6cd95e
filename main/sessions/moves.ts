/** Changes of one participation: recorded durably, each move of its state with the event that says so. */
import { moveParticipant, type ParticipationAct } from '../../engine/study/participantStates.ts';
import { UserError } from '../../shared/errors.ts';
import type { Progress } from '../store/participants.ts';
import type { Act } from '../store/store.ts';
import type { SessionContext } from './context.ts';

type Change = Omit<Extract<Act, { kind: 'participation.changed' }>, 'kind' | 'participantId' | 'actor'>;

/** Records a change that the participant, or their time, has made. */
export const record = (context: SessionContext, participantId: string, change: Change): number =>
  context.store.record({ kind: 'participation.changed', actor: 'participant', participantId, ...change });

/** Moves a participation by one act. Throws a UserError where that may not happen in its state. */
export function move(
  context: SessionContext,
  progress: Progress,
  act: ParticipationAct,
  change: Partial<Change> = {},
): void {
  const state = moveParticipant(progress.state, act);
  if (state === undefined) throw new UserError(`${act} is not possible: the participation is ${progress.state}`);
  const events = [{ type: `state.${state}`, detail: { from: progress.state, act } }, ...(change.events ?? [])];
  record(context, progress.participantId, { ...change, state, events });
  context.onChange();
}
