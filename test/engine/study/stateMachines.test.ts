/** The two state machines, by every state and every act: what is allowed is exactly what the rules say, and nothing leaves an end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isFinal,
  isUnderWay,
  moveParticipant,
  PARTICIPATION_ACTS,
  type ParticipationAct,
} from '../../../engine/study/participantStates.ts';
import {
  moveTrial,
  TRIAL_ACTS,
  TRIAL_STATES,
  type TrialState,
  trialStateAfter,
} from '../../../engine/study/trialStates.ts';
import { PARTICIPANT_STATES, type ParticipantState } from '../../../shared/participation.ts';
import { OUTCOMES } from '../../../shared/timeline.ts';

/** All states that some acts lead to from `start`. */
function reachable<S extends string, A extends string>(
  start: S,
  acts: readonly A[],
  move: (state: S, act: A) => S | undefined,
): Set<S> {
  const found = new Set<S>([start]);
  for (const state of found)
    for (const act of acts) {
      const next = move(state, act);
      if (next !== undefined) found.add(next);
    }
  return found;
}

/** Rules in words, told apart from the table: which states an act may happen in, and what it makes of them. */
const UNDER_WAY: readonly ParticipantState[] = ['checked-in', 'consented', 'running', 'paused'];
const OPEN: readonly ParticipantState[] = ['checked-in', 'consented', 'running'];
const RULES: Readonly<Record<ParticipationAct, readonly [readonly ParticipantState[], ParticipantState]>> = {
  'check-in': [['invited'], 'checked-in'],
  consent: [['checked-in', 'running'], 'consented'],
  decline: [OPEN, 'declined'],
  begin: [['checked-in', 'consented'], 'running'],
  pause: [['running'], 'paused'],
  resume: [['paused'], 'running'],
  complete: [OPEN, 'completed'],
  'screen-out': [UNDER_WAY, 'screened-out'],
  'fail-comprehension': [UNDER_WAY, 'failed-comprehension'],
  'time-out': [UNDER_WAY, 'timed-out'],
  stop: [UNDER_WAY, 'stopped'],
  withdraw: [PARTICIPANT_STATES.filter((state) => state !== 'withdrawn'), 'withdrawn'],
  abort: [['invited', ...UNDER_WAY], 'aborted'],
};

describe('the participation', () => {
  it.each(PARTICIPANT_STATES.flatMap((state) => PARTICIPATION_ACTS.map((act) => [state, act] as const)))(
    '%s, %s',
    (state, act) => {
      const [from, to] = RULES[act];
      // A second consent, as after a debrief, leaves a running participation running.
      const wanted = act === 'consent' && state === 'running' ? 'running' : to;
      expect(moveParticipant(state, act)).toBe(from.includes(state) ? wanted : undefined);
    },
  );

  it('reaches every state from the invitation, and every end is one of the outcomes', () => {
    expect(reachable('invited', PARTICIPATION_ACTS, moveParticipant)).toEqual(new Set(PARTICIPANT_STATES));
    expect(PARTICIPANT_STATES.filter(isFinal)).toEqual([...OUTCOMES]);
  });

  it('never goes on after an end but to withdrawal, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PARTICIPATION_ACTS), { maxLength: 40 }), (acts) => {
        let state: ParticipantState = 'invited';
        for (const act of acts) {
          const next: ParticipantState = moveParticipant(state, act) ?? state;
          if (isFinal(state)) expect([state, 'withdrawn']).toContain(next);
          if (isUnderWay(state)) expect(next).not.toBe('invited');
          state = next;
        }
      }),
      { seed: 7 },
    );
  });
});

describe('the trial', () => {
  const ALLOWED: Readonly<Record<TrialState, readonly string[]>> = {
    queued: ['present'],
    presented: ['present', 'engage', 'answer', 'submit', 'skip', 'time-out'],
    engaged: ['present', 'engage', 'answer', 'clear', 'submit', 'skip', 'time-out'],
    answered: ['present', 'engage', 'answer', 'clear', 'submit', 'skip', 'time-out'],
    submitted: ['lock', 'reopen'],
    skipped: ['lock', 'reopen'],
    'timed-out': ['lock', 'reopen'],
    superseded: ['present'],
    locked: [],
  };
  it.each(TRIAL_STATES)('%s allows what it should and nothing else', (state) => {
    expect(TRIAL_ACTS.filter((act) => moveTrial(state, act) !== undefined).sort()).toEqual([...ALLOWED[state]].sort());
  });

  it('reaches every state, and none leaves a locked trial', () => {
    expect(reachable('queued', TRIAL_ACTS, moveTrial)).toEqual(new Set(TRIAL_STATES));
  });

  it('takes repeated reports of a page for what they are', () => {
    expect(trialStateAfter(['present', 'present', 'engage', 'answer', 'engage', 'submit', 'submit', 'answer'])).toBe(
      'submitted',
    );
    expect(trialStateAfter(['present', 'answer', 'clear'])).toBe('engaged');
    expect(trialStateAfter(['present', 'time-out', 'reopen', 'present', 'answer', 'submit', 'lock', 'reopen'])).toBe(
      'locked',
    );
    expect(trialStateAfter([])).toBe('queued');
  });
});
