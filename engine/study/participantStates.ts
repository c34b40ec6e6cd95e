/**
 * The state machine of one participation, as a table: what may happen in each state, and what becomes of it. Every move is stored as an
 * event; what the table does not list is refused. Final states allow nothing but erasing the data.
 */
import type { ParticipantState } from '../../shared/participation.ts';

/** What happens to a participation. */
export const PARTICIPATION_ACTS = [
  'check-in',
  'consent',
  'decline',
  'begin',
  'pause',
  'resume',
  'complete',
  'screen-out',
  'fail-comprehension',
  'time-out',
  'stop',
  'withdraw',
  'abort',
] as const;
export type ParticipationAct = (typeof PARTICIPATION_ACTS)[number];

type Moves = Partial<Record<ParticipationAct, ParticipantState>>;

/** Everybody who is under way can leave in these ways. */
const EXITS = {
  'screen-out': 'screened-out',
  'fail-comprehension': 'failed-comprehension',
  'time-out': 'timed-out',
  stop: 'stopped',
  withdraw: 'withdrawn',
  abort: 'aborted',
} as const satisfies Moves;
/** Data of a participation that has ended can still be withdrawn. */
const ENDED = { withdraw: 'withdrawn' } as const satisfies Moves;

export const PARTICIPANT_MOVES: Readonly<Record<ParticipantState, Moves>> = {
  invited: { 'check-in': 'checked-in', withdraw: 'withdrawn', abort: 'aborted' },
  'checked-in': { ...EXITS, consent: 'consented', decline: 'declined', begin: 'running', complete: 'completed' },
  consented: { ...EXITS, begin: 'running', complete: 'completed', decline: 'declined' },
  running: { ...EXITS, consent: 'running', decline: 'declined', pause: 'paused', complete: 'completed' },
  paused: { ...EXITS, resume: 'running' },
  completed: ENDED,
  declined: ENDED,
  'screened-out': ENDED,
  'failed-comprehension': ENDED,
  'timed-out': ENDED,
  stopped: ENDED,
  withdrawn: {},
  aborted: ENDED,
};

/** The state after `act`, or undefined where it may not happen. */
export const moveParticipant = (state: ParticipantState, act: ParticipationAct): ParticipantState | undefined =>
  PARTICIPANT_MOVES[state][act];

/** Whether answers are still taken. */
export const isUnderWay = (state: ParticipantState): boolean =>
  state === 'checked-in' || state === 'consented' || state === 'running';

/** Whether the participation is over. */
export const isFinal = (state: ParticipantState): boolean =>
  PARTICIPANT_MOVES[state].stop === undefined && state !== 'invited';
