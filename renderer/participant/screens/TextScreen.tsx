/** A screen to read: instructions, a break, the debriefing. */
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { clickMode } from '../../components/widgets/widget.ts';
import { useAdvanced, useParticipant } from '../../state/participantStore.ts';
import { BackButton } from './BackButton.tsx';
import { Paragraphs } from './Paragraphs.tsx';
import { Stimuli } from './Stimuli.tsx';
import { useSecondsLeft } from './useSeconds.ts';

type TextScreenProps = { readonly screen: ScreenOf<'text'>; readonly canGoBack: boolean };

export function TextScreen({ screen, canGoBack }: TextScreenProps) {
  const { t } = useTranslation();
  const leave = useParticipant((state) => state.leave);
  const isIdle = useParticipant(({ progress }) => progress === 'idle');
  const elapsedMs = useParticipant(({ current }) => (current.status === 'ready' ? current.value.times?.elapsedMs : 0));
  const hasReturned = useAdvanced()?.outcome === 'return';
  const secondsLeft = useSecondsLeft(Math.max(0, screen.minSeconds - (elapsedMs ?? 0) / 1000));
  const { index, count } = screen.page;
  return (
    <article className={`sheet is-${screen.purpose}`}>
      {hasReturned && (
        <p className="callout" role="status">
          {t('check.return')}
        </p>
      )}
      {count > 1 && <p className="eyebrow">{t('text.page', { page: index + 1, count })}</p>}
      <h1 dir="auto">{screen.title}</h1>
      <div className="prose">
        <Paragraphs text={screen.body} />
      </div>
      <Stimuli stimuli={screen.stimuli} />
      <div className="actions is-split">
        {canGoBack ? <BackButton /> : <span />}
        <p className="waiting-note" role="status">
          {secondsLeft > 0 && t('page.wait', { count: secondsLeft })}
        </p>
        <button
          type="button"
          className="is-primary"
          disabled={!isIdle || secondsLeft > 0}
          onClick={(event) => leave('response', clickMode(event))}
        >
          {t('page.continue')}
        </button>
      </div>
    </article>
  );
}
