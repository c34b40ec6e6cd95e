/** Numbers as the participant's language writes them, and as people type them in any digits. */

/** Zero of the decimal digits people type here: European, Arabic-Indic, Persian. */
const ZEROS = [0x30, 0x660, 0x6f0];

/** The text with every known digit as a European one. */
function plainDigits(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const zero = ZEROS.find((first) => code >= first && code < first + 10);
      return zero === undefined ? character : String(code - zero);
    })
    .join('');
}

/**
 * The number that `text` says, or null where it says none. Comma, point and the Arabic decimal sign all part the decimals, but for the
 * language's own thousands sign before exactly three digits.
 */
export function parseNumber(text: string, locale: string): number | null {
  const group = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_000_000).find(isGroup)?.value;
  let plain = plainDigits(text.trim()).replace(/[\s\u00a0\u202f\u200e\u200f'’٬]/g, '');
  if (group === '.' || group === ',') plain = plain.replaceAll(new RegExp(`\\${group}(?=\\d{3}(\\D|$))`, 'g'), '');
  plain = plain.replace(/[,٫]/, '.').replace(/^[−–]/, '-');
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null;
}

const isGroup = ({ type }: Intl.NumberFormatPart): boolean => type === 'group';

/** A number in the language's digits, with at most `decimals` places. */
export const numberText = (value: number, locale: string, decimals = 0): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
