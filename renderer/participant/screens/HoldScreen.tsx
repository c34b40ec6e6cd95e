/** Waiting: at the start gate, in a pause, or for the researcher's word. The page goes on by itself when it may. */
import { useTranslation } from 'react-i18next';
import type { Place } from '../../../shared/participation.ts';
import { useParticipant } from '../../state/participantStore.ts';

export function HoldScreen({ hold }: { readonly hold: NonNullable<Place['hold']> }) {
  const { t } = useTranslation();
  const act = useParticipant((state) => state.act);
  return (
    <section className="sheet is-hold">
      <h1>{t(`hold.${hold}Title`)}</h1>
      <p role="status">{t(`hold.${hold}`)}</p>
      {hold === 'paused' ? (
        <p className="actions">
          <button type="button" className="is-primary" onClick={() => act('resume')}>
            {t('hold.resume')}
          </button>
        </p>
      ) : (
        <span className="breath" aria-hidden="true" />
      )}
    </section>
  );
}
