/** How long a screen stays open, where the study limits it; what is set by then is stored. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParticipant } from '../../state/participantStore.ts';
import { useSecondsLeft } from './useSeconds.ts';

export function TimeLeft({ maxSeconds }: { readonly maxSeconds: number }) {
  const { t, i18n } = useTranslation();
  const leave = useParticipant((state) => state.leave);
  const elapsedMs = useParticipant(({ current }) => (current.status === 'ready' ? current.value.times?.elapsedMs : 0));
  const left = useSecondsLeft(Math.max(0, maxSeconds - (elapsedMs ?? 0) / 1000));
  useEffect(() => {
    if (left === 0) void leave('timeout', 'mouse');
  }, [left, leave]);
  const digits = new Intl.NumberFormat(i18n.language, { minimumIntegerDigits: 2 });
  const time = `${new Intl.NumberFormat(i18n.language).format(Math.floor(left / 60))}:${digits.format(left % 60)}`;
  return (
    <p className={left <= 10 ? 'time-left is-short' : 'time-left'} role="timer">
      {t('page.timeLeft', { time })}
    </p>
  );
}
