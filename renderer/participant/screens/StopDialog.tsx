/** The way out: stop and leave the answers, stop and erase them (asked twice), or go on. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParticipant } from '../../state/participantStore.ts';

export function StopDialog() {
  const { t } = useTranslation();
  const act = useParticipant((state) => state.act);
  const dialog = useRef<HTMLDialogElement>(null);
  const [isErasing, setIsErasing] = useState(false);
  const open = (): void => {
    setIsErasing(false);
    dialog.current?.showModal();
  };
  const close = (): void => dialog.current?.close();
  const choose = (chosen: 'stop' | 'withdraw'): void => {
    close();
    void act(chosen);
  };
  return (
    <>
      <button type="button" className="is-quiet" onClick={open}>
        {t('strip.stop')}
      </button>
      <dialog ref={dialog} className="stop" aria-labelledby="stop-title">
        <h2 id="stop-title">{t('stop.title')}</h2>
        <p>{t('stop.body')}</p>
        <div className="choices">
          <button type="button" className="is-primary" onClick={close}>
            {t('stop.cancel')}
          </button>
          <button type="button" onClick={() => choose('stop')}>
            {t('stop.keep')}
          </button>
          {isErasing ? (
            <>
              <p role="alert">{t('stop.sure')}</p>
              <button type="button" className="is-danger" onClick={() => choose('withdraw')}>
                {t('stop.eraseNow')}
              </button>
            </>
          ) : (
            <button type="button" className="is-danger" onClick={() => setIsErasing(true)}>
              {t('stop.erase')}
            </button>
          )}
        </div>
      </dialog>
    </>
  );
}
