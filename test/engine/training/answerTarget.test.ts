/** Answers as labels. */
import { describe, expect, it } from 'vitest';
import { relabel } from '../../../engine/training/answerTarget.ts';
import type { ModelAnswer } from '../../../shared/modelAnswer.ts';
import type { DatasetRecord } from '../../../shared/training.ts';

const record: DatasetRecord = {
  scenarioId: 's',
  queryId: 'q1',
  kind: 'rank',
  motifCell: null,
  split: 'train',
  context: 'c',
  question: 'q',
  answer: '1',
  bins: Array.from({ length: 101 }, (_, i) => (i === 1 ? 1 : 0)),
  mean: 1,
  sd: 0,
  mcse: 0,
};
const answer = (more: Partial<ModelAnswer>): ModelAnswer => ({
  scenarioId: 's',
  queryId: 'q1',
  source: 'external',
  sourceId: 'x',
  mean: 50,
  ...more,
});

describe('relabel', () => {
  it('gives each rounded sample its share, half to even', () => {
    const { bins, mean, sd } = relabel(record, answer({ samples: [20, 20.5, 79.6, 80] }), 'distribution');
    expect([bins[20], bins[80]]).toEqual([0.5, 0.5]);
    expect([mean, sd]).toEqual([50, 30]);
  });

  it('refuses answers outside the scale', () => {
    expect(() => relabel(record, answer({ samples: [20, 101] }), 'mean')).toThrow(
      'answers: expected 0–100 for s q1, received 101',
    );
    expect(() => relabel(record, answer({ mean: Number.NaN }), 'mean')).toThrow('received NaN');
  });
});
