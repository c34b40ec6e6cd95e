/** What a lab station shows before anybody is seated: a field for its code, or words to wait. */
import { type FormEvent, type ReactNode, useEffect } from 'react';
import { isStation, useStation } from '../state/stationStore.ts';

function CodeForm() {
  const pair = useStation((state) => state.pair);
  const isCodeRefused = useStation((state) => state.isCodeRefused);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).trim();
    if (code !== '') void pair(code);
  };
  return (
    <main className="page">
      <h1>Station code</h1>
      <form className="station" onSubmit={submit}>
        <label htmlFor="code">Code of this station</label>
        <input id="code" name="code" required maxLength={20} autoComplete="off" autoCapitalize="characters" />
        <button type="submit" className="is-primary">
          Continue
        </button>
      </form>
      {isCodeRefused && (
        <p role="alert" className="is-failed">
          This code is not good. Each code opens one station once; the person in charge can make a new one.
        </p>
      )}
    </main>
  );
}

function Wait() {
  return (
    <main className="page">
      <h1>Please wait</h1>
      <p role="status">This station is ready. The session starts here by itself.</p>
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
  return phase === 'waiting' ? <Wait /> : <main className="page" aria-busy="true" />;
}
