/** The tab on languages: every text that participants read beside its translation, and what is still missing. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { studyLocales, studyTexts } from '../../../../../engine/study/studyTexts.ts';
import { TextField, TickField } from '../DraftFields.tsx';
import { withLocale, withoutLocale, withTranslation } from '../editStudy.ts';
import type { FaultPlace } from '../faultPlace.ts';
import { useDraft } from '../useDraft.ts';

const OFFERED = ['en', 'de', 'nl', 'fr', 'es', 'it', 'pt', 'pl', 'tr', 'ar', 'he', 'zh', 'ja'] as const;
const SHORT_CHARACTERS = 60;

function AddLanguage({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (locale: string) => void;
}) {
  const { t, i18n } = useTranslation('studies');
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  return (
    <select aria-label={t('languages.add')} value="" onChange={({ target }) => onAdd(target.value)}>
      <option value="">{t('languages.add')}</option>
      {OFFERED.filter((locale) => !taken.includes(locale)).map((locale) => (
        <option key={locale} value={locale}>
          {names.of(locale)}
        </option>
      ))}
    </select>
  );
}

function Translation({ locale }: { readonly locale: string }) {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const [isWhole, setWhole] = useState(false);
  const texts = [...studyTexts(study)];
  const translation = study.translations?.[locale] ?? {};
  const missing = texts.filter(([key]) => !Object.hasOwn(translation, key));
  const [shown] = useState(() => new Set(missing.map(([key]) => key)));
  return (
    <>
      <p className="facts" role="status">
        {t('languages.done', { done: texts.length - missing.length, total: texts.length })}
      </p>
      <TickField label={t('languages.all')} path={`locales/${locale}`} value={isWhole} onChange={setWhole} />
      {texts
        .filter(([key]) => isWhole || shown.has(key) || !Object.hasOwn(translation, key))
        .map(([key, text]) => (
          <TextField
            key={key}
            label={key}
            hint={text}
            path={`locales/${locale}.json ${key}`}
            rows={text.length > SHORT_CHARACTERS ? Math.min(8, Math.ceil(text.length / SHORT_CHARACTERS)) : undefined}
            value={translation[key] ?? ''}
            onChange={(words) =>
              change(t('edit.translation', { locale, key }), withTranslation(study, locale, key, words))
            }
          />
        ))}
    </>
  );
}

export function LanguagesTab({ place }: { readonly place: FaultPlace }) {
  const { t, i18n } = useTranslation('studies');
  const { study, change } = useDraft();
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const locales = studyLocales(study);
  return (
    <>
      <p className="facts">{t('languages.own', { language: names.of(study.locale) ?? study.locale })}</p>
      {locales.slice(1).map((locale) => (
        <details key={locale} className="panel-part" open={place.locale === locale || locales.length === 2}>
          <summary>{names.of(locale)}</summary>
          <Translation locale={locale} />
          <p className="actions">
            <button
              type="button"
              onClick={() => change(t('edit.removeLanguage', { locale }), withoutLocale(study, locale))}
            >
              {t('languages.remove', { language: names.of(locale) ?? locale })}
            </button>
          </p>
        </details>
      ))}
      <AddLanguage
        taken={locales}
        onAdd={(locale) => locale !== '' && change(t('edit.addLanguage', { locale }), withLocale(study, locale))}
      />
    </>
  );
}
