/** The direction control turns contests around and nothing else, and undoes itself. */
import { describe, expect, it } from 'vitest';
import type { AnswerSet } from '../../../engine/evaluation/answerSet.ts';
import { directionControl } from '../../../engine/evaluation/directionControl.ts';

const bins = Array.from({ length: 101 }, (_, i) => (i === 10 ? 1 : 0));
const set: AnswerSet = {
  source: 'base',
  sourceId: 'base',
  label: 'Base transformer',
  answers: [
    { scenarioId: 's', queryId: 'q1', source: 'base', sourceId: 'base', mean: 10, bins, samples: [8, 12] },
    { scenarioId: 's', queryId: 'q2', source: 'base', sourceId: 'base', mean: 10 },
  ],
};
const queries = [
  { scenarioId: 's', queryId: 'q1', kind: 'contest' as const },
  { scenarioId: 's', queryId: 'q2', kind: 'rank' as const },
];

describe('directionControl', () => {
  it('turns mean, bins and samples of contests, and leaves other kinds alone', () => {
    const turned = directionControl(set, queries);
    expect(turned.label).toBe('Base transformer, contests turned');
    expect(turned.answers[0]).toMatchObject({ mean: 90, samples: [92, 88] });
    expect(turned.answers[0].bins?.indexOf(1)).toBe(90);
    expect(turned.answers[1]).toEqual(set.answers[1]);
    expect(directionControl(turned, queries).answers).toEqual(set.answers);
  });
});
