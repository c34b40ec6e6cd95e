/** The translator of the researcher's page: the texts of each screen under its name, in the language this machine remembers. */
import i18next, { type i18n } from 'i18next';
import { RESEARCHER_LANGUAGES, type ResearcherLanguage, SCREEN_TEXTS } from './screens.ts';

const KEPT_AS = 'language of the researcher';

const isLanguage = (tag: string | null): tag is ResearcherLanguage =>
  tag !== null && Object.hasOwn(RESEARCHER_LANGUAGES, tag);

/** The language chosen last; English before any choice. */
export function rememberedLanguage(): ResearcherLanguage {
  const kept = window.localStorage.getItem(KEPT_AS);
  return isLanguage(kept) ? kept : 'en';
}

const textsIn = (language: ResearcherLanguage) =>
  Object.fromEntries(Object.entries(SCREEN_TEXTS).map(([screen, texts]) => [screen, texts[language]]));

/** Makes the translator. Changing its language redraws what uses it. */
export function createResearcherTranslator(language: ResearcherLanguage): i18n {
  const translator = i18next.createInstance();
  void translator.init({
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(SCREEN_TEXTS),
    defaultNS: 'frame',
    keySeparator: false,
    nsSeparator: false,
    resources: { en: textsIn('en'), de: textsIn('de') },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return translator;
}

/** Speaks `language` from now on, and at the next start. */
export function chooseLanguage(translator: i18n, language: ResearcherLanguage): void {
  window.localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language;
  void translator.changeLanguage(language);
}
