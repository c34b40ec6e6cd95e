/** The steps of a tutorial are counted in order, whatever else is done between. */
import { expect, it } from 'vitest';
import type { Draft } from '../../../renderer/participant/draft.ts';
import { countSteps, stepsFor } from '../../../renderer/participant/tutorial.ts';

const trace = (...values: (number | null)[]): Draft['trace'] => values.map((value, i) => [i, value]);

it('wants placing, moving, taking away and placing again', () => {
  expect(countSteps(trace())).toBe(0);
  expect(countSteps(trace(50))).toBe(1);
  expect(countSteps(trace(50, 50))).toBe(1);
  expect(countSteps(trace(50, null, 20))).toBe(2);
  expect(countSteps(trace(50, 60, 61))).toBe(2);
  expect(countSteps(trace(50, 60, null))).toBe(3);
  expect(countSteps(trace(50, 60, null, 0))).toBe(4);
});

it('wants of an option only that one is chosen', () => {
  expect(stepsFor({ kind: 'choice' })).toHaveLength(1);
  expect(stepsFor({ kind: 'multi-click' })).toHaveLength(4);
});
