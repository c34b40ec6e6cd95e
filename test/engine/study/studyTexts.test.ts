/** The texts of the bundled studies: every translation whole, nothing English left in Arabic, a translated study equal but for its words. */
import { describe, expect, it } from 'vitest';
import {
  findTranslationGaps,
  localiseStudy,
  mapTexts,
  studyLocales,
  studyTexts,
} from '../../../engine/study/studyTexts.ts';
import { resource } from '../../../main/resources.ts';
import { findStudyFolders, loadStudy } from '../../../main/studies.ts';

const studies = findStudyFolders(resource('studies')).map(loadStudy);

describe.each(studies.map((study) => [study.slug, study] as const))('%s', (_, study) => {
  it.each(studyLocales(study))('has every text in %s', (locale) => {
    if (locale === study.locale) return;
    expect(findTranslationGaps(study, locale)).toEqual({ missing: [], unknown: [] });
  });

  it('stays what it is when no word is replaced', () => {
    expect(mapTexts(study, (_key, text) => text)).toEqual(study);
  });

  it('differs in words alone when it is translated', () => {
    for (const locale of studyLocales(study)) {
      const blank = (of: typeof study) => mapTexts(of, () => 'x');
      expect(blank(localiseStudy(study, locale))).toEqual(blank(study));
    }
  });
});

it('leaves no Latin words in the Arabic texts', () => {
  for (const study of studies.filter(({ locales }) => locales?.includes('ar')))
    for (const [key, text] of studyTexts(localiseStudy(study, 'ar')))
      expect(text, `${study.slug} ${key}`).not.toMatch(/[A-Za-z]{2,}/);
});
