/** The foot of a screen that asks: what is still wanted, the way back, and Continue. */
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { BackButton } from './BackButton.tsx';
import { useSecondsLeft } from './useSeconds.ts';

type QuestionsFootProps = {
  readonly screen: ScreenOf<'questions'>;
  readonly canGoBack: boolean;
  readonly asking: 'nothing' | 'missing' | 'short' | 'tutorial';
  /** How many queries have no answer yet. */
  readonly open: number;
};

export function QuestionsFoot({ screen, canGoBack, asking, open }: QuestionsFootProps) {
  const { t } = useTranslation();
  const progress = useParticipant((state) => state.progress);
  const hasFeedback = useParticipant(({ feedback }) => feedback !== null);
  const elapsedMs = useParticipant(({ current }) => (current.status === 'ready' ? current.value.times?.elapsedMs : 0));
  const secondsLeft = useSecondsLeft(Math.max(0, screen.minSeconds - (elapsedMs ?? 0) / 1000));
  const goOn = (): string => {
    if (progress !== 'idle') return t('page.saving');
    if (screen.givesFeedback && !hasFeedback) return t('practice.check');
    return t(asking === 'short' ? 'questions.continueShort' : 'page.continue');
  };
  return (
    <div className="foot">
      <p className="problem" role="alert">
        {asking === 'missing' && open > 0 && t('questions.missing', { count: open })}
        {asking === 'short' && t('questions.short')}
        {asking === 'tutorial' && t('tutorial.missing')}
      </p>
      <div className="actions is-split">
        {canGoBack ? <BackButton /> : <span />}
        <p className="waiting-note" role="status">
          {secondsLeft > 0 && t('page.wait', { count: secondsLeft })}
        </p>
        <button type="submit" className="is-primary" disabled={progress !== 'idle' || secondsLeft > 0}>
          {goOn()}
        </button>
      </div>
    </div>
  );
}
