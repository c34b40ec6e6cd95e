/** Numbers as figures and tables print them. */
import type { Estimate } from '../../shared/report.ts';

const MINUS = '−';

/** `value` with `digits` decimals and a true minus sign; `–` for null. */
export function decimal(value: number | null, digits = 1): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const fixed = Math.abs(value).toFixed(digits);
  return value < 0 && Number(fixed) !== 0 ? `${MINUS}${fixed}` : fixed;
}

/** A correlation, as psychology prints it: two decimals, no zero before the point. */
export const correlationText = (value: number | null): string => decimal(value, 2).replace(/^(−?)0\./, '$1.');

/** An estimate with its interval: `12.3 [11.0, 13.5]`. */
export const estimateText = (estimate: Estimate | null, digits = 1): string =>
  estimate === null
    ? '–'
    : `${decimal(estimate.value, digits)} [${decimal(estimate.low, digits)}, ${decimal(estimate.high, digits)}]`;

/** `1 person`, `24 people`. */
export const peopleText = (count: number): string => `${countText(count)} ${count === 1 ? 'person' : 'people'}`;

/** A count with thin groups of thousands: `10,000`. */
export const countText = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
