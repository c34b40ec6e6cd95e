/** Estimated text widths: long enough, and lines broken within them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationText, countText, decimal, estimateText } from '../../../engine/figures/numberText.ts';
import { shorten, textWidth, wrapText } from '../../../engine/figures/textWidth.ts';

const sentence = fc.array(fc.stringMatching(/^[a-zA-Z,.]{1,12}$/), { minLength: 1, maxLength: 40 });

describe('wrapText', () => {
  it('keeps every word, in order, and no line wider than asked unless one word is', () => {
    fc.assert(
      fc.property(sentence, fc.integer({ min: 40, max: 400 }), (words, width) => {
        const lines = wrapText(words.join(' '), width, 13);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const one of lines) if (one.includes(' ')) expect(textWidth(one, 13)).toBeLessThanOrEqual(width);
      }),
      { seed: 1 },
    );
  });

  it('ends in … where lines run out', () => {
    const lines = wrapText('one two three four five six seven', 80, 13, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1].endsWith('…')).toBe(true);
    expect(textWidth(lines[1], 13)).toBeLessThanOrEqual(80);
  });
});

describe('shorten', () => {
  it('cuts only what does not fit', () => {
    expect(shorten('short', 200, 13)).toBe('short');
    expect(shorten('a rather long label indeed', 80, 13)).toMatch(/^a rather.*…$/);
  });
});

describe('numbers in figures', () => {
  it('have a true minus, fixed decimals and no minus zero', () => {
    expect(decimal(-3.456, 2)).toBe('−3.46');
    expect(decimal(-0.001, 2)).toBe('0.00');
    expect(decimal(null)).toBe('–');
    expect(decimal(Number.NaN)).toBe('–');
  });

  it('print correlations without a leading zero', () => {
    expect([0.923, -0.2, 1, 0].map(correlationText)).toEqual(['.92', '−.20', '1.00', '.00']);
  });

  it('print estimates with their interval and counts with groups', () => {
    expect(estimateText({ value: 1.25, low: 1, high: 2 }, 1)).toBe('1.3 [1.0, 2.0]');
    expect(estimateText(null)).toBe('–');
    expect([7, 1000, 1234567].map(countText)).toEqual(['7', '1,000', '1,234,567']);
  });
});
