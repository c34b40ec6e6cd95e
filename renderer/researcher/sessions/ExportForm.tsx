/** Exports a session into the workspace's folder of exports: the format, and what leaves with it. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CsvDialect, ExportExtra, ExportFormat } from '../../../shared/exchange.ts';
import { Field } from '../../components/Field.tsx';
import { choiceOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

const FORMATS = ['psych-ds', 'csv', 'jsonl', 'jspsych', 'msa', 'ppt'] as const satisfies readonly ExportFormat[];
const DIALECTS = ['plain', 'excel', 'excel-semicolon'] as const satisfies readonly CsvDialect[];
const EXTRAS = ['identities', 'texts', 'times'] as const satisfies readonly ExportExtra[];

export function ExportForm({ sessionId, name }: { readonly sessionId: string; readonly name: string }) {
  const { t } = useTranslation('studies');
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = {
      name: textOf(form, 'name'),
      sessionId,
      format: choiceOf(form, 'format', FORMATS),
      dialect: choiceOf(form, 'dialect', DIALECTS),
      extras: EXTRAS.filter((extra) => form.getAll('extras').includes(extra)),
    };
    setNote((await startJob({ kind: 'export', input })) ? t('started') : '');
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={t('export.name')} hint={t('export.nameHint')}>
        {(control) => (
          <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue={name} />
        )}
      </Field>
      <Field label={t('export.format')}>
        {(control) => (
          <select {...control} name="format">
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {t(`format.${format}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('export.dialect')}>
        {(control) => (
          <select {...control} name="dialect">
            {DIALECTS.map((dialect) => (
              <option key={dialect} value={dialect}>
                {t(`dialect.${dialect}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset>
        <legend>{t('export.extras')}</legend>
        {EXTRAS.map((extra) => (
          <label key={extra} className="tick">
            <input type="checkbox" name="extras" value={extra} /> {t(`extra.${extra}`)}
          </label>
        ))}
      </fieldset>
      <button type="submit">{t('export.start')}</button>
      <p role="status">{note}</p>
    </form>
  );
}
