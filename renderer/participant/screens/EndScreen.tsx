/** The end: everything is stored and was read back, so the codes are good and the page may lead on. */
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { CodeLine } from './CodeLine.tsx';
import { Paragraphs } from './Paragraphs.tsx';
import { WayBack } from './WayBack.tsx';

export function EndScreen({ screen }: { readonly screen: ScreenOf<'end'> }) {
  const { t } = useTranslation();
  return (
    <article className={`sheet is-end is-${screen.outcome}`}>
      <h1 dir="auto">{screen.title}</h1>
      <div className="prose">
        <Paragraphs text={screen.body} />
      </div>
      {screen.completionCode !== null && <CodeLine label={t('end.code')} code={screen.completionCode} />}
      {screen.withdrawalCode !== null && <CodeLine label={t('data.code')} code={screen.withdrawalCode} />}
      {screen.redirect !== null && <WayBack address={screen.redirect} />}
      <p className="fine">{t('end.saved')}</p>
    </article>
  );
}
