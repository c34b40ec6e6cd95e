/** The program of a scenario: read, edit, save. What is typed and not saved is kept as a draft, also over a reload. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgramFault } from '../../../shared/programCheck.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { failed } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';
import { DeskPane } from './DeskPane.tsx';
import { FaultList } from './FaultList.tsx';
import { ProgramEditor } from './ProgramEditor.tsx';

/** After the last key until the program is read. */
const CHECK_AFTER_MS = 250;

/** Reads the text soon after it was last changed, and gives what was found. */
function useFaults(text: string): readonly ProgramFault[] {
  const check = useResearcher((state) => state.programCheck);
  const checkProgram = useResearcher((state) => state.checkProgram);
  useEffect(() => {
    if (text.trim() === '') return;
    const timer = setTimeout(() => {
      checkProgram(text).catch((error: unknown) => console.warn('the program cannot be read now', error));
    }, CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, checkProgram]);
  return text.trim() === '' ? NO_FAULTS : (check?.faults ?? NO_FAULTS);
}
const NO_FAULTS: readonly ProgramFault[] = [];

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
  const { t } = useTranslation('program');
  const save = useResearcher((state) => state.saveScenario);
  const saved = scenario.program ?? '';
  const [text, setText] = useState(() => localStorage.getItem(draftKey(scenario.id)) ?? saved);
  const [problem, setProblem] = useState('');
  const [shown, setShown] = useState(0);
  const faults = useFaults(text);
  const clearProgram = useResearcher((state) => state.clearProgram);
  useEffect(() => clearProgram, [clearProgram]);
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
      <h2 id="program-title">{t('program')}</h2>
      <ProgramEditor key={shown} text={text} faults={faults} onChange={change} />
      <FaultList faults={faults} />
      <p className="actions">
        <button type="button" className="is-primary" disabled={!isChanged} onClick={store}>
          {t('save')}
        </button>
        <button type="button" disabled={!isChanged} onClick={revert}>
          {t('discard')}
        </button>
        {isChanged && <span role="status">{t('draft')}</span>}
      </p>
      {problem !== '' && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      <DeskPane scenario={scenario} source={text} />
    </section>
  );
}
