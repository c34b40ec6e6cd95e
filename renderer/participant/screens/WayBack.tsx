/**
 * The way back to the recruiter: the page leads on by itself after a while, which the participant can stop, or goes at once. Shown only once
 * everything was read back from the store. A time limit that can be turned off: WCAG 2.2, success criterion 2.2.1.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSecondsLeft } from './useSeconds.ts';

/** Long enough to note the codes above. */
const LEADS_ON_AFTER_SECONDS = 20;

function Countdown({ address, onStay }: { readonly address: string; readonly onStay: () => void }) {
  const { t } = useTranslation();
  const left = useSecondsLeft(LEADS_ON_AFTER_SECONDS);
  useEffect(() => {
    if (left === 0) window.location.assign(address);
  }, [left, address]);
  return (
    <>
      <p className="waiting-note" role="timer">
        {t('end.leading', { count: left })}
      </p>
      <button type="button" onClick={onStay}>
        {t('end.stay')}
      </button>
    </>
  );
}

export function WayBack({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const [isStaying, setIsStaying] = useState(false);
  return (
    <div className="actions way-back">
      {!isStaying && <Countdown address={address} onStay={() => setIsStaying(true)} />}
      <p role="status">{isStaying && t('end.staying')}</p>
      <a className="button is-primary" href={address}>
        {t('end.return')}
      </a>
    </div>
  );
}
