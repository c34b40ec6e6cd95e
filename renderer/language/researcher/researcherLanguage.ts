/** The language of the researcher's screens: which there are, and the one that was chosen, kept by the browser. */
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { researcherDe } from './de.ts';
import { researcherEn } from './en.ts';

/** The languages of the researcher's screens, by their tags. */
export const RESEARCHER_LANGUAGES = ['en', 'de'] as const;
export type ResearcherLanguage = (typeof RESEARCHER_LANGUAGES)[number];

const KEPT_AS = 'credence.language';

const isKnown = (tag: string | null): tag is ResearcherLanguage => RESEARCHER_LANGUAGES.some((known) => known === tag);

/** The translator of the researcher's page, in the language chosen last; English before any choice. */
export function createResearcherTranslator(): i18n {
  const kept = window.localStorage.getItem(KEPT_AS);
  const translator = i18next.createInstance();
  void translator.use(initReactI18next).init({
    lng: isKnown(kept) ? kept : 'en',
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    defaultNS: 'researcher',
    resources: { en: { researcher: researcherEn }, de: { researcher: researcherDe } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = translator.language;
  translator.on('languageChanged', (tag) => {
    document.documentElement.lang = tag;
    window.localStorage.setItem(KEPT_AS, tag);
  });
  return translator;
}
