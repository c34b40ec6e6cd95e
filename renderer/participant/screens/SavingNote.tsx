/** One calm line below the screen: waiting for the connection, or a step that could not be taken. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParticipant } from '../../state/participantStore.ts';

/** After so long the person in charge should know. */
const LONG_WAIT_MS = 30_000;

export function SavingNote() {
  const { t } = useTranslation();
  const isWaiting = useParticipant(({ progress }) => progress === 'waiting');
  const isRefused = useParticipant(({ current }) => current.status === 'ready' && current.value.isRefused);
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    setIsLong(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setIsLong(true), LONG_WAIT_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return (
    <p className={isWaiting || isRefused ? 'saving-note is-shown' : 'saving-note'} role="status">
      {isWaiting && t(isLong ? 'page.waitingLong' : 'page.waiting')}
      {!isWaiting && isRefused && t('page.refused')}
    </p>
  );
}
