/** Numbers, dates and plurals as the screens print them. */
import { countText } from '../../engine/figures/numberText.ts';

/** `1 study`, `2,880 responses`, `2 studies` (with `plural` given). */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${countText(count)} ${count === 1 ? singular : plural}`;

/** A moment as `14 Mar 2026, 09:05`, in the reader's time zone. */
export const momentText = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
