/** The language of the researcher's screens. */
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { RESEARCHER_LANGUAGES, type ResearcherLanguage } from '../../language/researcher/screens.ts';
import { chooseLanguage } from '../../language/researcher/translator.ts';

const LANGUAGES: readonly ResearcherLanguage[] = ['en', 'de'];

export function LanguageSection() {
  const { t, i18n } = useTranslation('frame');
  return (
    <section aria-labelledby="language-title">
      <h2 id="language-title">{t('language.title')}</h2>
      <Field label={t('language.title')} hint={t('language.hint')}>
        {(control) => (
          <select
            {...control}
            value={i18n.language}
            onChange={({ target }) =>
              chooseLanguage(i18n, LANGUAGES.find((language) => language === target.value) ?? 'en')
            }
          >
            {LANGUAGES.map((language) => (
              <option key={language} value={language} lang={language}>
                {RESEARCHER_LANGUAGES[language]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  );
}
