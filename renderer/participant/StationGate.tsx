/** What a lab station shows before anybody is seated: a field for its code, or words to wait. */
import { type FormEvent, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isStation, useStation } from '../state/stationStore.ts';

function CodeForm() {
  const { t } = useTranslation();
  const pair = useStation((state) => state.pair);
  const isCodeRefused = useStation((state) => state.isCodeRefused);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).trim();
    if (code !== '') void pair(code);
  };
  return (
    <main className="sheet is-narrow">
      <h1>{t('pair.title')}</h1>
      <p id="code-words">{t('pair.body')}</p>
      <form className="labelled" onSubmit={submit}>
        <label htmlFor="code">{t('pair.code')}</label>
        <input
          id="code"
          name="code"
          className="code-field"
          type="text"
          dir="ltr"
          required
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={isCodeRefused}
          aria-describedby="code-words"
        />
        <p className="problem" role="alert">
          {isCodeRefused && t('pair.wrong')}
        </p>
        <button type="submit" className="is-primary">
          {t('pair.connect')}
        </button>
      </form>
    </main>
  );
}

function Wait() {
  const { t } = useTranslation();
  return (
    <main className="sheet is-hold">
      <h1>{t('pair.readyTitle')}</h1>
      <p role="status">{t('pair.ready')}</p>
      <span className="breath" aria-hidden="true" />
    </main>
  );
}

/** Shows `children` once somebody is seated; at once where this page is not a lab station's. */
export function StationGate({ children, onSeated }: { readonly children: ReactNode; readonly onSeated: () => void }) {
  const phase = useStation((state) => state.phase);
  const isOpen = phase === 'seated' || !isStation();
  useEffect(() => {
    if (isOpen) onSeated();
  }, [isOpen, onSeated]);
  if (isOpen) return children;
  if (phase === 'unpaired') return <CodeForm />;
  return phase === 'waiting' ? <Wait /> : <main className="sheet is-loading" aria-busy="true" />;
}
