/** Scenarios from a text or a file, one JSON object a line, as `credence generate` writes them. */
import { type ChangeEvent, type FormEvent, useState } from 'react';
import { Field } from '../../components/Field.tsx';
import { failed } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';

type Outcome = { readonly isFailed: boolean; readonly text: string };

function outcomeOf(error: unknown): Outcome {
  const state = failed(error);
  return { isFailed: true, text: state.status === 'failed' ? `${state.message} ${state.hint ?? ''}` : '' };
}

export function ImportForm() {
  const importScenarios = useResearcher((state) => state.importScenarios);
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<Outcome>({ isFailed: false, text: '' });
  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = target.files?.[0];
    if (file) setText(await file.text());
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const saved = await importScenarios(text);
      setOutcome({ isFailed: false, text: `${saved} scenarios imported.` });
      setText('');
    } catch (error) {
      // The text stays where it is, so that the line that was refused can be mended.
      setOutcome(outcomeOf(error));
    }
  };
  return (
    <section className="panel">
      <h1>Import scenarios</h1>
      <p className="facts">
        One scenario a line, as JSON: what <code>credence generate</code> writes into <code>scenarios.jsonl</code>. All
        lines are taken or none; a scenario of the same id is replaced. Undo takes an import back.
      </p>
      <form className="form" onSubmit={submit}>
        <Field label="File">
          {(control) => <input {...control} type="file" accept=".jsonl,.json,.txt" onChange={readFile} />}
        </Field>
        <Field label="Scenarios">
          {(control) => (
            <textarea
              {...control}
              rows={14}
              required
              spellCheck={false}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <button type="submit" className="is-primary">
          Import
        </button>
        <p role={outcome.isFailed ? 'alert' : 'status'} className={outcome.isFailed ? 'is-failed' : undefined}>
          {outcome.text}
        </p>
      </form>
    </section>
  );
}
