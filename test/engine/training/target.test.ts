/** From posterior to training target. */
import { describe, expect, it } from 'vitest';
import { answerText, oneHot, toTrainingTarget } from '../../../engine/training/target.ts';
import { InternalError } from '../../../shared/errors.ts';
import type { QueryPosterior } from '../../../shared/posterior.ts';

/** A binomial(100, 0.3) as a posterior, whose mean is 30 and sd √21. */
function binomialPosterior(): QueryPosterior {
  const bins: number[] = [];
  let prob = 0.7 ** 100;
  for (let k = 0; k <= 100; k++) {
    bins.push(prob);
    prob *= ((100 - k) / (k + 1)) * (0.3 / 0.7);
  }
  return { mean: 30, sd: Math.sqrt(21), mcse: 0.1, bins };
}

describe('answerText', () => {
  it('rounds to the nearest integer, halves to even as the bins do', () => {
    expect([0, 0.4, 0.5, 0.6, 1.5, 2.5, 49.5, 50.5, 99.5, 100].map(answerText)).toEqual([
      '0',
      '0',
      '0',
      '1',
      '2',
      '2',
      '50',
      '50',
      '100',
      '100',
    ]);
  });
});

describe('toTrainingTarget', () => {
  it('keeps the distribution, whose mean is the posterior mean', () => {
    const { bins, mean } = toTrainingTarget(binomialPosterior());
    expect(bins.reduce((sum, bin) => sum + bin, 0)).toBeCloseTo(1, 12);
    expect(bins.reduce((sum, bin, i) => sum + bin * i, 0)).toBeCloseTo(mean, 9);
  });

  it('puts all mass on the rounded mean in the mean form', () => {
    expect(toTrainingTarget({ ...binomialPosterior(), mean: 30.6 }, 'mean')).toEqual({ bins: oneHot(31), mean: 30.6 });
  });

  it('refuses a posterior that is not numeric', () => {
    const words = { mean: null, sd: null, mcse: null, bins: null, support: ['a'], probs: [1] };
    expect(() => toTrainingTarget(words)).toThrow(InternalError);
  });
});
