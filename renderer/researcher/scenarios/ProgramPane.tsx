/** The program of a scenario: read, edit, save. What is typed and not saved is kept as a draft, also over a reload. */
import { useState } from 'react';
import type { Scenario } from '../../../shared/scenario.ts';
import { failed } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';
import { ProgramEditor } from './ProgramEditor.tsx';

const draftKey = (id: string): string => `draft program ${id}`;

/** Room for notes in storage may be used up or refused; a draft is then only kept while the page is open. */
function keepDraft(id: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(draftKey(id));
    else localStorage.setItem(draftKey(id), text);
  } catch (error) {
    console.warn('the draft is not kept over a reload', error);
  }
}

export function ProgramPane({ scenario }: { readonly scenario: Scenario }) {
  const save = useResearcher((state) => state.saveScenario);
  const saved = scenario.program ?? '';
  const [text, setText] = useState(() => localStorage.getItem(draftKey(scenario.id)) ?? saved);
  const [problem, setProblem] = useState('');
  const [shown, setShown] = useState(0);
  const change = (next: string): void => {
    setText(next);
    keepDraft(scenario.id, next === saved ? null : next);
  };
  const store = async (): Promise<void> => {
    try {
      const { program: _, ...bare } = scenario;
      await save(text.trim() === '' ? bare : { ...bare, program: text });
      keepDraft(scenario.id, null);
      setProblem('');
    } catch (error) {
      const state = failed(error);
      setProblem(state.status === 'failed' ? state.message : '');
    }
  };
  const revert = (): void => {
    change(saved);
    setShown(shown + 1);
  };
  const isChanged = text !== saved;
  return (
    <section aria-labelledby="program-title">
      <h2 id="program-title">Program</h2>
      <ProgramEditor key={shown} text={text} faults={[]} onChange={change} />
      <p className="actions">
        <button type="button" className="is-primary" disabled={!isChanged} onClick={store}>
          Save program
        </button>
        <button type="button" disabled={!isChanged} onClick={revert}>
          Discard changes
        </button>
        {isChanged && <span role="status">Not saved; kept as a draft.</span>}
      </p>
      {problem !== '' && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
    </section>
  );
}
