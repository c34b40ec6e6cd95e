/** The way back to the screen before. */
import { useTranslation } from 'react-i18next';
import { useParticipant } from '../../state/participantStore.ts';

export function BackButton() {
  const { t } = useTranslation();
  const back = useParticipant((state) => state.back);
  const isIdle = useParticipant(({ progress }) => progress === 'idle');
  return (
    <button type="button" disabled={!isIdle} onClick={back}>
      {t('page.back')}
    </button>
  );
}
