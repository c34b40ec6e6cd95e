/**
 * The state machine of one trial: one place of a participant's sequence, from waiting in line to being closed for good. The state is not
 * stored but follows from the stored events, in their order.
 */

export const TRIAL_STATES = [
  'queued',
  'presented',
  'engaged',
  'answered',
  'submitted',
  'locked',
  'skipped',
  'timed-out',
  'superseded',
] as const;
export type TrialState = (typeof TRIAL_STATES)[number];

/**
 * `present` it is on the screen · `engage` first input · `answer` every query has an answer · `clear` an answer was taken back ·
 * `submit` its answers are stored · `skip` left with nothing answered · `time-out` its time was up · `lock` no way back any more ·
 * `reopen` the participant came back to change it.
 */
export const TRIAL_ACTS = [
  'present',
  'engage',
  'answer',
  'clear',
  'submit',
  'skip',
  'time-out',
  'lock',
  'reopen',
] as const;
export type TrialAct = (typeof TRIAL_ACTS)[number];

const LEAVING = { submit: 'submitted', skip: 'skipped', 'time-out': 'timed-out' } as const;
const LEFT = { lock: 'locked', reopen: 'superseded' } as const;

export const TRIAL_MOVES: Readonly<Record<TrialState, Partial<Record<TrialAct, TrialState>>>> = {
  queued: { present: 'presented' },
  // Shown again after a reload: it stays what it was.
  presented: { ...LEAVING, present: 'presented', engage: 'engaged', answer: 'answered' },
  engaged: { ...LEAVING, present: 'engaged', engage: 'engaged', answer: 'answered', clear: 'engaged' },
  answered: { ...LEAVING, present: 'answered', engage: 'answered', answer: 'answered', clear: 'engaged' },
  submitted: LEFT,
  skipped: LEFT,
  'timed-out': LEFT,
  superseded: { present: 'presented' },
  locked: {},
};

/** The state after `act`, or undefined where it may not happen. */
export const moveTrial = (state: TrialState, act: TrialAct): TrialState | undefined => TRIAL_MOVES[state][act];

/** The state that events lead to; what may not happen changes nothing, as pages can repeat themselves after a lost connection. */
export const trialStateAfter = (acts: readonly TrialAct[]): TrialState =>
  acts.reduce<TrialState>((state, act) => moveTrial(state, act) ?? state, 'queued');
