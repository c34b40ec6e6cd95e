/** Guesses at mistyped names. */
import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from '../../../engine/program/nearestName.ts';

describe('nearestName', () => {
  it.each([
    ['precison', ['precision', 'seed'], 'precision'],
    ['gausian', ['Gaussian', 'gaussian'], 'gaussian'],
    ['Gausian', ['gaussian', 'Gaussian'], 'Gaussian'],
    ['Flip', ['filter', 'flip'], 'flip'],
    ['mpa', ['max', 'map'], 'map'],
    ['banana', ['precision', 'seed'], undefined],
    ['x', [], undefined],
  ])('takes %s among %j for %s', (word, known, expected) => {
    expect(nearestName(word, known)).toBe(expected);
  });

  it('asks, or says otherwise', () => {
    expect(didYouMean('sed', ['seed'])).toBe('did you mean seed?');
    expect(didYouMean('other', ['seed'], 'see --help')).toBe('see --help');
  });
});
