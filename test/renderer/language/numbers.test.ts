/** Numbers as people write them in their own language and digits. */
import { expect, it } from 'vitest';
import { numberText, parseNumber } from '../../../renderer/language/numbers.ts';

it('reads numbers in European, Arabic-Indic and Persian digits, with any decimal sign', () => {
  for (const [text, locale, value] of [
    ['62', 'en', 62],
    [' 7 ', 'en', 7],
    ['1,5', 'en', 1.5],
    ['1,000', 'en', 1000],
    ['1.000', 'de', 1000],
    ['1,5', 'de', 1.5],
    ['1.5', 'de', 1.5],
    ['٦٢', 'ar', 62],
    ['٦٢٫٥', 'ar', 62.5],
    ['۴۰', 'fa', 40],
    ['−3', 'en', -3],
    ['.5', 'en', 0.5],
    ['0', 'en', 0],
  ] as const)
    expect(parseNumber(text, locale), `${text} in ${locale}`).toBe(value);
});

it('takes what is no number for none', () => {
  for (const text of ['', ' ', '-', 'ten', '1e3', '1.2.3', '5%', 'NaN', 'Infinity', '0x10'])
    expect(parseNumber(text, 'en'), text).toBeNull();
});

it('gives back what it writes', () => {
  for (const locale of ['en', 'de', 'ar', 'ar-EG'])
    for (const value of [0, 50, 99.5, 1234.25, 1_000_000])
      expect(parseNumber(numberText(value, locale, 2), locale), `${value} in ${locale}`).toBe(value);
});
