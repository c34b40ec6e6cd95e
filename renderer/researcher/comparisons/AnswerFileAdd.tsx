/** Takes a file of answers into the workspace, read and checked before it is kept. */
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { useResearcher } from '../../state/store.ts';

/** Larger files are put into the workspace's folder by hand. */
const LARGEST_CHARACTERS = 900_000;

export function AnswerFileAdd() {
  const { t } = useTranslation('comparisons');
  const add = useResearcher((state) => state.addAnswers);
  const [note, setNote] = useState('');
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    if (!file) return;
    const text = await file.text();
    if (text.length > LARGEST_CHARACTERS) {
      setNote(t('file.tooLarge', { name: file.name }));
      return;
    }
    const added = await add(file.name, text);
    if (added.status === 'ready')
      setNote(
        t('file.added', { name: file.name, count: added.value.answers, sources: added.value.sources.join(', ') }),
      );
    if (added.status === 'failed') setNote(`${added.message}${added.hint ? ` ${added.hint}` : ''}`);
    target.value = '';
  };
  return (
    <>
      <Field label={t('file.label')} hint={t('file.hint')}>
        {(control) => <input {...control} type="file" accept=".jsonl,.json" onChange={choose} />}
      </Field>
      <p role="status">{note}</p>
    </>
  );
}
