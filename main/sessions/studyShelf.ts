/** The studies in use, read and translated once each: a version never changes, so what was read stays right. */
import { listNames } from '../../engine/study/listNames.ts';
import { localiseStudy } from '../../engine/study/studyTexts.ts';
import type { Study } from '../../shared/study.ts';
import type { ReadHandle } from '../store/database.ts';
import { readStudy } from '../store/studyVersions.ts';

/** Studies kept at once, over versions and languages; the one used longest ago goes first. */
const MOST_KEPT = 24;

export type StudyShelf = {
  /** The study of a version, in its own words or those of `locale`. Throws a UserError for an unknown version. */
  study(versionId: string, locale?: string): Study;
};

/** The first list of names in a language loads its data, some 20 ms: done when a study is taken up, not between two screens. */
const loadNames = (locale: string): void => void listNames(locale, ['', '']);

/** A shelf over a store's versions. */
export function createStudyShelf(read: ReadHandle): StudyShelf {
  const kept = new Map<string, Study>();
  const keep = (name: string, make: () => Study): Study => {
    const study = kept.get(name) ?? make();
    kept.delete(name);
    kept.set(name, study);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return study;
  };
  const own = (versionId: string): Study =>
    keep(versionId, () => {
      const study = readStudy(read, versionId);
      loadNames(study.locale);
      return study;
    });
  return {
    study: (versionId, locale) => {
      const study = own(versionId);
      if (locale === undefined || locale === '' || locale === study.locale) return study;
      return keep(`${versionId} ${locale}`, () => {
        loadNames(locale);
        return localiseStudy(study, locale);
      });
    },
  };
}
