/** The head of every screen: the study, honest progress, and at all times help, a pause and the way out. */
import { useTranslation } from 'react-i18next';
import type { Place } from '../../../shared/participation.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { StopDialog } from './StopDialog.tsx';

/** While these last, there is somebody to help and something to stop. */
const UNDER_WAY = ['checked-in', 'consented', 'running', 'paused'];

function Strip({ place }: { readonly place: Place }) {
  const { t } = useTranslation();
  const act = useParticipant((state) => state.act);
  const hasAskedForHelp = useParticipant((state) => state.hasAskedForHelp);
  return (
    <nav className="strip" aria-label={t('strip.label')}>
      <button type="button" className="is-quiet" disabled={hasAskedForHelp} onClick={() => act('help')}>
        {t(hasAskedForHelp ? 'strip.helpAsked' : 'strip.help')}
      </button>
      {place.state === 'running' && place.hold === null && (
        <button type="button" className="is-quiet" onClick={() => act('pause')}>
          {t('strip.pause')}
        </button>
      )}
      <StopDialog />
    </nav>
  );
}

export function Masthead({ place }: { readonly place: Place }) {
  const { t } = useTranslation();
  const { total, study } = place;
  const isEnd = place.screen?.kind === 'end';
  const done = total === null ? 0 : Math.min(total, isEnd ? total : place.index + 1);
  return (
    <header className="masthead">
      <p className="study-title" dir="auto">
        {study.title}
      </p>
      {study.stage !== 'live' && <span className={`badge is-${study.stage}`}>{t(`stage.${study.stage}`)}</span>}
      {total !== null && (
        <div className="progress">
          <p className="page-count">{t('page.progress', { done, total })}</p>
          <progress max={total} value={done} aria-label={t('page.progressLabel')} />
        </div>
      )}
      {UNDER_WAY.includes(place.state) && !isEnd && <Strip place={place} />}
    </header>
  );
}
