/** Takes a file of answers into the workspace, read and checked before it is kept. */
import { type ChangeEvent, useState } from 'react';
import { Field } from '../../components/Field.tsx';
import { counted } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';

/** Larger files are put into the workspace's folder by hand. */
const LARGEST_CHARACTERS = 900_000;

export function AnswerFileAdd() {
  const add = useResearcher((state) => state.addAnswers);
  const [note, setNote] = useState('');
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    if (!file) return;
    const text = await file.text();
    if (text.length > LARGEST_CHARACTERS) {
      setNote(`${file.name} is too large to be sent here: put it into the folder answers of the workspace.`);
      return;
    }
    const added = await add(file.name, text);
    if (added.status === 'ready')
      setNote(`${file.name}: ${counted(added.value.answers, 'answer')} of ${added.value.sources.join(', ')}.`);
    if (added.status === 'failed') setNote(`${added.message}${added.hint ? ` ${added.hint}` : ''}`);
    target.value = '';
  };
  return (
    <>
      <Field
        label="Add a file of answers"
        hint="JSON Lines of scenarioId, queryId, source, sourceId and a mean, bins, samples or a language model’s replies."
      >
        {(control) => <input {...control} type="file" accept=".jsonl,.json" onChange={choose} />}
      </Field>
      <p role="status">{note}</p>
    </>
  );
}
