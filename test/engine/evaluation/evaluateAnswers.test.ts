/** The evaluation table on answers whose errors are known in closed form, and its refusals. */
import { describe, expect, it } from 'vitest';
import type { AnswerSet } from '../../../engine/evaluation/answerSet.ts';
import { evaluateAnswers } from '../../../engine/evaluation/evaluateAnswers.ts';
import { constantAnswers, kindMeanAnswers, priorAnswers } from '../../../engine/evaluation/floors.ts';
import { createRandom } from '../../../engine/random.ts';
import { UNIFORM_SHARE } from '../../../engine/statistics/klDivergence.ts';
import type { DatasetRecord } from '../../../shared/training.ts';

const oneHot = (answer: number): number[] => Array.from({ length: 101 }, (_, i) => (i === answer ? 1 : 0));
const uniform = new Array<number>(101).fill(1 / 101);

function record(scenario: number, queryId: string, mean: number, more: Partial<DatasetRecord> = {}): DatasetRecord {
  return {
    scenarioId: `s${scenario}`,
    queryId,
    kind: 'rank',
    motifCell: '1,1,0',
    split: 'test',
    context: '',
    question: '',
    answer: String(Math.round(mean)),
    bins: oneHot(Math.round(mean)),
    mean,
    sd: 0,
    mcse: 0,
    ...more,
  };
}

const records = [
  record(1, 'a', 10),
  record(1, 'b', 30, { kind: 'contest' }),
  record(2, 'a', 70),
  record(2, 'b', 90, { kind: 'contest' }),
];

const answering = (answer: (target: DatasetRecord) => { mean: number; bins?: number[] }): AnswerSet => ({
  source: 'adapter',
  sourceId: 'test',
  label: 'Adapter',
  answers: records.map((target) => ({
    scenarioId: target.scenarioId,
    queryId: target.queryId,
    source: 'adapter',
    sourceId: 'test',
    ...answer(target),
  })),
});

describe('evaluateAnswers', () => {
  it('finds no error and almost no divergence where answers are the targets', () => {
    const [row] = evaluateAnswers(createRandom(1), records, [answering(({ mean, bins }) => ({ mean, bins }))]);
    expect(row.mae).toEqual({ value: 0, low: 0, high: 0 });
    // The uniform share costs −log(1 − share + share/101).
    expect(row.divergence?.value).toBeCloseTo(-Math.log(1 - UNIFORM_SHARE + UNIFORM_SHARE / 101), 12);
    expect(row.n).toBe(4);
  });

  it('gives the uniform answer to a certain target log 101 nats', () => {
    const [row] = evaluateAnswers(createRandom(1), records, [answering(() => ({ mean: 50, bins: uniform }))]);
    expect(row.divergence?.value).toBeCloseTo(Math.log(101), 9);
    expect(row.mae.value).toBe(30);
  });

  it('keeps zero mass finite, at the cost of the uniform share', () => {
    const [row] = evaluateAnswers(createRandom(1), records, [answering(() => ({ mean: 0, bins: oneHot(0) }))]);
    expect(row.divergence?.value).toBeCloseTo(Math.log(101 / UNIFORM_SHARE), 9);
  });

  it('splits the error by kind, each with its interval over scenarios', () => {
    const [row] = evaluateAnswers(createRandom(1), records, [
      answering(({ mean, kind, scenarioId }) => ({ mean: mean + (kind === 'rank' ? 2 : scenarioId === 's1' ? 4 : 8) })),
    ]);
    // Two scenarios drawn again are one of them twice in half of the draws.
    expect(row.byKind).toEqual({
      rank: { n: 2, mae: 2, low: 2, high: 2 },
      contest: { n: 2, mae: 6, low: 4, high: 8 },
    });
    expect(row.mae.value).toBe(4);
    expect(row.divergence).toBeNull();
  });

  it('resamples whole scenarios: with two of them the interval is the two scenario means', () => {
    const [row] = evaluateAnswers(createRandom(1), records, [
      answering((t) => ({ mean: t.mean + (t.scenarioId === 's1' ? 1 : 5) })),
    ]);
    expect(row.mae).toEqual({ value: 3, low: 1, high: 5 });
  });

  it('repeats with its seed and shares resamples between sources', () => {
    const noisy = answering((target) => ({ mean: target.mean + (target.mean % 7) }));
    const [first, second] = evaluateAnswers(createRandom(4), records, [noisy, noisy]);
    expect(second.mae).toEqual(first.mae);
    expect(evaluateAnswers(createRandom(4), records, [noisy])[0]).toEqual(first);
  });

  it('refuses a missing answer, a double one and no queries at all', () => {
    const set = answering(({ mean }) => ({ mean }));
    const missing = { ...set, answers: set.answers.slice(1) };
    const double = { ...set, answers: [...set.answers, set.answers[0]] };
    expect(() => evaluateAnswers(createRandom(1), records, [missing])).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: 'Adapter: no answer to query a of scenario s1',
        hint: 'Adapter answers 3 queries, 4 are asked; are the ids the same on both sides?',
        location: { path: 's1/a' },
      }),
    );
    expect(() => evaluateAnswers(createRandom(1), records, [double])).toThrow(
      expect.objectContaining({
        message: 'Adapter: two answers to query a of scenario s1',
        location: { path: 's1/a' },
      }),
    );
    expect(() => evaluateAnswers(createRandom(1), [], [set])).toThrow(
      'evaluation: expected at least one test query, received none',
    );
  });
});

describe('floors', () => {
  it('constant 50 errs by the distance from the middle and has no distribution', () => {
    const [row] = evaluateAnswers(createRandom(1), records, [constantAnswers(records)]);
    expect(row.mae.value).toBe((40 + 20 + 20 + 40) / 4);
    expect(row.divergence).toBeNull();
    expect(row.label).toBe('Always 50');
  });

  it('kind mean is the mean of training, never of test', () => {
    const training = [
      record(7, 'a', 20, { split: 'train' }),
      record(8, 'a', 40, { split: 'train' }),
      record(8, 'b', 80, { split: 'train', kind: 'contest' }),
      record(9, 'a', 0, { split: 'validation' }),
    ];
    const set = kindMeanAnswers(training, records);
    expect(set.answers.map(({ mean }) => mean)).toEqual([30, 80, 30, 80]);
    expect(set.answers[0].bins?.[20]).toBe(0.5);
    expect(set.answers[0].bins?.[40]).toBe(0.5);
  });

  it('a kind training lacks gets the mean over all kinds', () => {
    const set = kindMeanAnswers([record(7, 'a', 20, { split: 'train' })], records);
    expect(set.answers[1].mean).toBe(20);
  });

  it('the prior answers from the record, and a record without one is refused', () => {
    const known = records.map((r) => ({ ...r, priorMean: 45, priorBins: uniform }));
    expect(priorAnswers(known).answers.every(({ mean }) => mean === 45)).toBe(true);
    expect(() => priorAnswers(records)).toThrow(
      expect.objectContaining({
        message: 'floor "prior": no prior for query a of scenario s1',
        hint: 'build the dataset with priors',
        location: { path: 's1/a' },
      }),
    );
  });

  it('refuses to average without training records', () => {
    expect(() => kindMeanAnswers(records, records)).toThrow(
      'floor "training mean": expected records of split train, received 4 of others',
    );
  });
});
