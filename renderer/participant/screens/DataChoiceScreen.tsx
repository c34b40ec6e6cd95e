/** The last word on the data: use them, or take everything back. The code allows it later, too. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { CodeLine } from './CodeLine.tsx';
import { Paragraphs } from './Paragraphs.tsx';

export function DataChoiceScreen({ screen }: { readonly screen: ScreenOf<'data-choice'> }) {
  const { t } = useTranslation();
  const chooseData = useParticipant((state) => state.chooseData);
  const isIdle = useParticipant(({ progress }) => progress === 'idle');
  const [isErasing, setIsErasing] = useState(false);
  return (
    <article className="sheet">
      <h1 dir="auto">{screen.title}</h1>
      <div className="prose">
        <Paragraphs text={screen.body} />
      </div>
      <CodeLine label={t('data.code')} code={screen.withdrawalCode} />
      <p className="fine">{t('data.keep', { count: screen.withdrawalDays })}</p>
      <div className="actions is-split">
        {isErasing ? (
          <div className="confirm">
            <p role="alert">{t('stop.sure')}</p>
            <button type="button" className="is-danger" disabled={!isIdle} onClick={() => chooseData('erase')}>
              {t('stop.eraseNow')}
            </button>
          </div>
        ) : (
          <button type="button" className="is-danger" disabled={!isIdle} onClick={() => setIsErasing(true)}>
            {t('data.erase')}
          </button>
        )}
        <button type="button" className="is-primary" disabled={!isIdle} onClick={() => chooseData('use')}>
          {t('data.use')}
        </button>
      </div>
    </article>
  );
}
