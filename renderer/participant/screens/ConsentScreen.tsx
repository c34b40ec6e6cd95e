/** Information and consent: the text, boxes that are needed and boxes that are not, and a way not to take part. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { Paragraphs } from './Paragraphs.tsx';

/** Whether the element was ever in view. */
function useWasSeen() {
  const element = useRef<HTMLDivElement>(null);
  const wasSeen = useRef(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      wasSeen.current ||= entries.some(({ isIntersecting }) => isIntersecting);
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, wasSeen };
}

export function ConsentScreen({ screen }: { readonly screen: ScreenOf<'consent'> }) {
  const { t } = useTranslation();
  const consent = useParticipant((state) => state.consent);
  const isIdle = useParticipant(({ progress }) => progress === 'idle');
  const [ticked, setTicked] = useState<Readonly<Record<string, boolean>>>({});
  const [isAsking, setIsAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { element, wasSeen } = useWasSeen();
  const missing = screen.boxes.filter(({ id, isRequired }) => isRequired && !ticked[id]);

  const decide = (isGranted: boolean): void => {
    setIsAsking(isGranted && missing.length > 0);
    if (isGranted && missing.length > 0)
      form.current?.querySelector<HTMLInputElement>(`#box-${missing[0].id}`)?.focus();
    else {
      const boxes = Object.fromEntries(screen.boxes.map(({ id }) => [id, ticked[id] ?? false]));
      void consent({ isGranted, boxes, wasReadToEnd: wasSeen.current });
    }
  };

  return (
    <article className="sheet">
      <h1 dir="auto">{screen.title}</h1>
      <div className="prose">
        <Paragraphs text={screen.body} />
      </div>
      <div ref={element} />
      <form
        ref={form}
        className="boxes"
        onSubmit={(event) => {
          event.preventDefault();
          decide(true);
        }}
      >
        {screen.boxes.map(({ id, text, isRequired }) => (
          <label key={id} className={isAsking && isRequired && !ticked[id] ? 'option is-wanted' : 'option'}>
            <input
              id={`box-${id}`}
              type="checkbox"
              checked={ticked[id] ?? false}
              aria-required={isRequired}
              aria-invalid={isAsking && isRequired && !ticked[id]}
              onChange={(event) => setTicked({ ...ticked, [id]: event.target.checked })}
            />
            <span>
              {text} {isRequired && <small>({t('consent.required')})</small>}
            </span>
          </label>
        ))}
        <p className="problem" role="alert">
          {isAsking && missing.length > 0 && t('consent.missing')}
        </p>
        <div className="actions is-split">
          <button type="button" disabled={!isIdle} onClick={() => decide(false)}>
            {t('consent.decline')}
          </button>
          <button type="submit" className="is-primary" disabled={!isIdle}>
            {t('consent.agree')}
          </button>
        </div>
      </form>
      <p className="fine">
        {t('consent.version', { version: screen.version })}
        <button type="button" className="is-link" onClick={() => window.print()}>
          {t('consent.print')}
        </button>
      </p>
    </article>
  );
}
