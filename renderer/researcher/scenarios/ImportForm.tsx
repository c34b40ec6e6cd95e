/** Scenarios from a text or a file: JSON Lines, CSV, or plain texts. */
import { type ChangeEvent, type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUERY_KINDS } from '../../../shared/queryKind.ts';
import { Field } from '../../components/Field.tsx';
import { choiceOf, textOf } from '../../components/formValues.ts';
import { failed } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';
import { DOMAINS } from './GenerateForm.tsx';

const FORMATS = ['jsonl', 'csv', 'txt'] as const;
type Format = (typeof FORMATS)[number];
type Outcome = { readonly isFailed: boolean; readonly text: string };

function outcomeOf(error: unknown): Outcome {
  const state = failed(error);
  return { isFailed: true, text: state.status === 'failed' ? `${state.message} ${state.hint ?? ''}` : '' };
}

/** What plain texts do not say of themselves. */
function TextFields() {
  const { t } = useTranslation('scenarios');
  return (
    <>
      <Field label={t('import.domain')}>
        {(control) => (
          <select {...control} name="domain">
            {DOMAINS.map((domain) => (
              <option key={domain}>{domain}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('import.kind')}>
        {(control) => (
          <select {...control} name="kind">
            {QUERY_KINDS.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('import.prefix')}>
        {(control) => <input {...control} name="prefix" required pattern="[a-z0-9\-]{1,40}" defaultValue="text" />}
      </Field>
    </>
  );
}

const textsOf = (form: FormData) => ({
  domain: choiceOf(form, 'domain', DOMAINS),
  subdomain: 'imported',
  idPrefix: textOf(form, 'prefix'),
  kinds: [choiceOf(form, 'kind', QUERY_KINDS)],
});

export function ImportForm() {
  const { t } = useTranslation('scenarios');
  const importScenarios = useResearcher((state) => state.importScenarios);
  const [text, setText] = useState('');
  const [format, setFormat] = useState<Format>('jsonl');
  const [outcome, setOutcome] = useState<Outcome>({ isFailed: false, text: '' });
  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = target.files?.[0];
    if (!file) return;
    setFormat(FORMATS.find((ending) => file.name.endsWith(`.${ending}`)) ?? 'jsonl');
    setText(await file.text());
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      const saved = await importScenarios({ text, format, ...(format === 'txt' ? { ofTexts: textsOf(form) } : {}) });
      setOutcome({ isFailed: false, text: t('import.done', { count: saved }) });
      setText('');
    } catch (error) {
      // The text stays where it is, so that the line that was refused can be mended.
      setOutcome(outcomeOf(error));
    }
  };
  return (
    <section className="panel">
      <h1>{t('import.title')}</h1>
      <p className="facts">{t('import.facts')}</p>
      <form className="form" onSubmit={submit}>
        <Field label={t('import.file')}>
          {(control) => <input {...control} type="file" accept=".jsonl,.json,.csv,.txt" onChange={readFile} />}
        </Field>
        <Field label={t('import.format')} hint={format === 'csv' ? t('import.csvHint') : undefined}>
          {(control) => (
            <select
              {...control}
              value={format}
              onChange={({ target }) => setFormat(FORMATS.find((one) => one === target.value) ?? 'jsonl')}
            >
              {FORMATS.map((one) => (
                <option key={one} value={one}>
                  {t(`import.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {format === 'txt' && <TextFields />}
        <Field label={t('import.text')}>
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
          {t('import.submit')}
        </button>
        <p role={outcome.isFailed ? 'alert' : 'status'} className={outcome.isFailed ? 'is-failed' : undefined}>
          {outcome.text}
        </p>
      </form>
    </section>
  );
}
