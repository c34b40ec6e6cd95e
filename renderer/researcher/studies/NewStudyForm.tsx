/** A new study from scenarios of the library: its title, its language, and which scenarios. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { choiceOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';
import { ScenarioPicker } from './ScenarioPicker.tsx';

const LOCALES = ['en', 'de'] as const;

export function NewStudyForm() {
  const { t, i18n } = useTranslation('studies');
  const createDraft = useResearcher((state) => state.createDraft);
  const problem = useResearcher((state) => state.draftProblem);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void createDraft({ scenarioIds: chosen, title: textOf(form, 'title'), locale: choiceOf(form, 'locale', LOCALES) });
  };
  return (
    <section className="panel">
      <h1>{t('new.title')}</h1>
      <p>{t('new.note')}</p>
      <form className="form" onSubmit={submit}>
        <Field label={t('overview.title')}>
          {(control) => <input {...control} name="title" required maxLength={300} autoComplete="off" />}
        </Field>
        <Field label={t('new.language')}>
          {(control) => (
            <select {...control} name="locale">
              {LOCALES.map((locale) => (
                <option key={locale} value={locale}>
                  {names.of(locale)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ScenarioPicker chosen={chosen} onChange={setChosen} />
        {problem !== null && (
          <p role="alert" className="is-failed">
            {problem}
          </p>
        )}
        <button type="submit" className="is-primary" disabled={chosen.length === 0}>
          {t('new.make', { count: chosen.length })}
        </button>
      </form>
    </section>
  );
}
