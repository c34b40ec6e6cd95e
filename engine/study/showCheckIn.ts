/** The check-in screen in every language of a study: whoever comes reads it in theirs as soon as they choose it. */
import type { ScreenOf } from '../../shared/screen.ts';
import type { Study } from '../../shared/study.ts';
import { studyLocales } from './studyTexts.ts';

/** The screen before the sequence. A text without a translation stays in the study's own language. */
export function showCheckIn(study: Study): ScreenOf<'check-in'> {
  const { checkIn, translations } = study;
  const languages = studyLocales(study).map((locale) => {
    const said = translations?.[locale] ?? {};
    const title = checkIn ? (said['checkIn.title'] ?? checkIn.title) : (said.title ?? study.title);
    return { locale, title, body: checkIn ? (said['checkIn.body'] ?? checkIn.body) : '' };
  });
  return { kind: 'check-in', languages, asksLabel: checkIn?.asksLabel ?? false };
}
