/** Numbers and dates as the researcher's language writes them. */
import { useTranslation } from 'react-i18next';
import { decimal, estimateText } from '../../engine/figures/numberText.ts';
import type { Estimate } from '../../shared/report.ts';

export type Wording = {
  /** A moment as `14 Mar 2026, 09:05`, in the reader's time zone. */
  readonly moment: (iso: string) => string;
  /** A count with groups of thousands: `10,000`, in German `10.000`. */
  readonly count: (value: number) => string;
  /** `value` with `digits` decimals (1 unless told) and a true minus sign; `–` for null. */
  readonly decimal: (value: number | null, digits?: number) => string;
  /** An estimate with its interval: `12.3 [11.0, 13.5]`, in German `12,3 [11,0; 13,5]`. */
  readonly estimate: (estimate: Estimate | null, digits?: number) => string;
};

const MOMENT = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const satisfies Intl.DateTimeFormatOptions;

/** The wording of a language of the researcher's screens; the digits are the same in each, as tables and figures round alike. */
export function wordingIn(language: string): Wording {
  // English dates begin with the day, as German ones do.
  const locale = language === 'en' ? 'en-GB' : language;
  const numbers = new Intl.NumberFormat(locale);
  const point = numbers.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const write = (text: string): string => (point === '.' ? text : text.replaceAll(', ', '; ').replaceAll('.', point));
  return {
    moment: (iso) => new Date(iso).toLocaleString(locale, MOMENT),
    count: (value) => numbers.format(value),
    decimal: (value, digits) => write(decimal(value, digits)),
    estimate: (estimate, digits) => write(estimateText(estimate, digits)),
  };
}

/** The wording of the language that the screens speak now. */
export function useWording(): Wording {
  const { i18n } = useTranslation('frame');
  return wordingIn(i18n.language);
}
