/** What a participant asked for to be comfortable, and their language, as attributes of the page that its styles follow. */
import { useEffect } from 'react';
import { directionOf } from '../../../engine/study/studyTexts.ts';
import type { Place } from '../../../shared/participation.ts';

export function useComfort(comfort: Place['comfort'], locale: string): void {
  const textSize = comfort?.textSize ?? 'normal';
  const hasHighContrast = comfort?.hasHighContrast ?? false;
  const hasReducedMotion = comfort?.hasReducedMotion ?? false;
  useEffect(() => {
    // The whole page, or the part of another page that a preview lies in.
    const root = document.querySelector<HTMLElement>('.participant');
    if (!root) return;
    root.lang = locale;
    root.dir = directionOf(locale);
    root.dataset.text = textSize;
    root.toggleAttribute('data-contrast', hasHighContrast);
    root.toggleAttribute('data-still', hasReducedMotion);
  }, [locale, textSize, hasHighContrast, hasReducedMotion]);
}
