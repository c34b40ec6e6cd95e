/**
 * Contract: the words by which a program says what it conditions on and what it answers, so that both can be checked and varied. Programs
 * of the built-in generator keep it, and language models are asked to. In the body of `var model = function () {…}` stand, each as a
 * statement of its own, `beats([winners], [losers], event)` for every observed result and `seemsHigh(factor(entity, event))` or
 * `seemsLow(…)` for every remark; nothing else weighs a run. It ends with `return {…}`, one property per query id: `rank(trait(entity))`,
 * `factor(entity, event)`, or `secondWins([first side], [second side])`.
 */

export const EVIDENCE_NAMES = ['beats', 'seemsHigh', 'seemsLow'] as const;
export type EvidenceName = (typeof EVIDENCE_NAMES)[number];

/** What weighs a run in the language itself; allowed inside the three above only. */
export const WEIGHING_NAMES = ['factor', 'condition', 'observe'] as const;

export const RANK = 'rank';
export const CONTEST = 'secondWins';

/** Whether an event as a program writes it (`2`, `'match 2'`) is the event of a scenario's facts (`match 2`). */
export const isEvent = (written: string, event: string): boolean => written === event || event.endsWith(` ${written}`);

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether a function is named for a trait or factor: `rawStrength` for `raw strength`; `Level` may follow where a name is taken. */
export const isNamedFor = (functionName: string, factor: string): boolean =>
  [letters(factor), `${letters(factor)}level`].includes(letters(functionName));
