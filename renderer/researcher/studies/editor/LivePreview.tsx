/** The participant's screens beside the editor, made anew a moment after each change, from the node that is being worked on. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { studyLocales } from '../../../../engine/study/studyTexts.ts';
import type { OpenDraft } from '../../../../shared/draft.ts';

const BesidePreview = lazy(async () => ({
  default: (await import('../../../participant/preview/BesidePreview.tsx')).BesidePreview,
}));

const PAUSE_MS = 250;

type LivePreviewProps = { readonly draft: OpenDraft; readonly startNodeId: string | undefined };

export function LivePreview({ draft, startNodeId }: LivePreviewProps) {
  const { t, i18n } = useTranslation('studies');
  const { study, faults } = draft;
  const [shown, setShown] = useState(study);
  const [locale, setLocale] = useState(study.locale);
  useEffect(() => {
    const timer = setTimeout(() => setShown(study), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [study]);
  const locales = studyLocales(study);
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  return (
    <section className="beside" aria-label={t('preview.title')}>
      <header>
        <h2>{t('preview.title')}</h2>
        {locales.length > 1 && (
          <select aria-label={t('preview.language')} value={locale} onChange={({ target }) => setLocale(target.value)}>
            {locales.map((tag) => (
              <option key={tag} value={tag}>
                {names.of(tag)}
              </option>
            ))}
          </select>
        )}
      </header>
      <Suspense fallback={<p role="status">{t('preview.loading')}</p>}>
        <BesidePreview study={shown} locale={locale} startNodeId={startNodeId} isFaulty={faults.length > 0} />
      </Suspense>
    </section>
  );
}
