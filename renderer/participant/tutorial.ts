/** The steps of trying a widget out, read off the trace of what was done: place, move, take away, place again. */
import type { Widget } from '../../shared/widget.ts';
import type { Draft } from './draft.ts';

export const TUTORIAL_STEPS = ['place', 'move', 'clear', 'placeAgain'] as const;
export type TutorialStep = (typeof TUTORIAL_STEPS)[number];

/** What can be tried with a widget: an option cannot be moved, and words need no practice. */
export const stepsFor = ({ kind }: Pick<Widget, 'kind'>): readonly TutorialStep[] =>
  kind === 'choice' || kind === 'text' ? ['place'] : TUTORIAL_STEPS;

/** How many of the steps were done, in their order. */
export function countSteps(trace: Draft['trace']): number {
  let done = 0;
  let before: number | null = null;
  for (const [, value] of trace) {
    const isThere = value !== null;
    if (done === 0 && isThere) done = 1;
    else if (done === 1 && isThere && value !== before) done = 2;
    else if (done === 2 && !isThere) done = 3;
    else if (done === 3 && isThere) done = 4;
    before = value;
  }
  return done;
}
