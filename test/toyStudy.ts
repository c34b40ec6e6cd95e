/**
 * A toy study whose answers are known in closed form. Ann and Bob each have a strength of 20, 50 or 80, equally likely; the stronger wins,
 * and a fair coin decides between equals. Given that Ann beat Bob, nine pairs of strengths remain with weights 1 (Ann stronger, 3 pairs) and
 * ½ (equal, 3 pairs), 4.5 in all.
 */
import { type Scenario, scenarioSchema } from '../shared/scenario.ts';
import { type Study, studySchema } from '../shared/study.ts';

const program = (condition: string): string => `var model = function () {
  var strength = mem(function (p) { return uniformDraw([20, 50, 80]); });
  var beats = function (a, b) { return strength(a) > strength(b) || (strength(a) === strength(b) && flip(0.5)); };
  condition(${condition});
  var next = function () {
    return strength('Bob') > strength('Ann') ? 100 : strength('Bob') === strength('Ann') ? 50 : 0;
  };
  return {strength: strength('Ann'), next: next()};
};
`;

/** P(strength of Ann = 20, 50, 80) and P(chance that Bob wins next = 0, 50, 100), with their means. */
export const CLOSED_FORM = {
  won: {
    strength: { mean: 190 / 3, probs: { 20: 1 / 9, 50: 1 / 3, 80: 5 / 9 } },
    next: { mean: 50 / 3, probs: { 0: 2 / 3, 50: 1 / 3, 100: 0 } },
  },
  lost: {
    strength: { mean: 110 / 3, probs: { 20: 5 / 9, 50: 1 / 3, 80: 1 / 9 } },
    next: { mean: 250 / 3, probs: { 0: 0, 50: 1 / 3, 100: 2 / 3 } },
  },
} as const;
export type Result = keyof typeof CLOSED_FORM;

/** One scenario; its cell (1,1,0) is one that training holds out, (0,0,1) is not. */
export const toyScenario = (id: string, result: Result, isHeldOut: boolean): Scenario =>
  scenarioSchema.parse({
    id,
    domain: 'sports',
    subdomain: 'arm wrestling',
    style: 'structured',
    motif: isHeldOut ? { P: 1, C: 1, R: 0, teamSize: 2 } : { P: 0, C: 0, R: 1, teamSize: 1 },
    background: 'Ann and Bob wrestle arms. The stronger wins; equals toss a coin.',
    conditions: [{ text: result === 'won' ? 'Ann beat Bob.' : 'Ann lost to Bob.' }],
    queries: [
      { id: 'strength', text: 'How strong is Ann?', kind: 'rank', target: { entity: 'Ann' } },
      {
        id: 'next',
        text: 'Ann meets Bob again. Will Bob win?',
        kind: 'contest',
        target: { sides: [['Ann'], ['Bob']] },
      },
    ],
    program: program(result === 'won' ? "beats('Ann', 'Bob')" : "!beats('Ann', 'Bob')"),
    source: 'human',
  });

/** The two scenarios as a study. */
export const toyStudy = (): Study =>
  studySchema.parse({
    format: 'credence-study',
    formatVersion: 1,
    slug: 'arm-wrestling',
    version: '1.0.0',
    title: 'Arm wrestling',
    description: 'Two scenarios with known answers.',
    locale: 'en',
    scales: [
      { kind: 'rank', lowLabel: 'weakest', highLabel: 'strongest', unit: 'place among 100' },
      { kind: 'contest', lowLabel: 'Ann surely', highLabel: 'Bob surely', unit: '% chance that Bob wins' },
    ],
    timeline: [
      { kind: 'instructions', id: 'start', title: 'Welcome', body: 'Read and judge.' },
      { kind: 'block', id: 'main', scenarioIds: ['ann-won', 'ann-lost'], order: 'shuffle' },
      { kind: 'end', id: 'end', title: 'Done', body: 'Thank you.' },
    ],
    scenarios: [toyScenario('ann-won', 'won', false), toyScenario('ann-lost', 'lost', false)],
  });
