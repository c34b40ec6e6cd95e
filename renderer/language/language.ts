/** The languages of the participant's page: which there are, which one a page speaks, and the texts of each. */
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { ResearcherResources } from './researcher/screens.ts';

/** What a plural adds to a key; which ones a language has is `Intl.PluralRules`'s to say. */
export const PLURAL_SUFFIXES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

export type Messages = Readonly<Record<keyof typeof en, string>>;
/** A translation has every text of the English one, and further plurals where its grammar has them. */
export type Translation = Messages & Readonly<Record<`${string}_${(typeof PLURAL_SUFFIXES)[number]}`, string>>;

declare module 'i18next' {
  interface CustomTypeOptions {
    keySeparator: false;
    nsSeparator: false;
    resources: { translation: typeof en } & ResearcherResources;
  }
}

/** Every language the page itself speaks, by its tag. */
export const LANGUAGES: Readonly<Record<'en' | 'de' | 'ar', Messages>> = { en, de, ar };

/** The page's own language nearest to a study's: `de-AT` gives `de`, one that the page does not speak gives English. */
export function pageLanguage(locale: string): keyof typeof LANGUAGES {
  const [language] = locale.toLowerCase().split('-');
  return language === 'de' || language === 'ar' ? language : 'en';
}

/** Makes the translator of one page. Changing its language redraws what uses it. */
export function createTranslator(locale: string): i18n {
  const translator = i18next.createInstance();
  void translator.use(initReactI18next).init({
    lng: pageLanguage(locale),
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    resources: Object.fromEntries(Object.entries(LANGUAGES).map(([tag, translation]) => [tag, { translation }])),
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return translator;
}
