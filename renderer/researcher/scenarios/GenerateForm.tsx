/** New scenarios: from the built-in generator, or written by a language model. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';
import { LanguageFields, languageOf } from './LanguageFields.tsx';

export const DOMAINS = ['sports', 'healthcare', 'general'] as const;
const STYLES = ['structured', 'free-form'] as const;

const plannedOf = (form: FormData) => ({
  domain: choiceOf(form, 'domain', DOMAINS),
  style: choiceOf(form, 'style', STYLES),
  count: numberOf(form, 'count', 20),
  seed: numberOf(form, 'seed', 1),
});

function motifsOf(form: FormData) {
  const [cells, sizes] = [textOf(form, 'cells'), textOf(form, 'sizes')];
  return {
    ...(cells === '' ? {} : { cells }),
    ...(sizes === '' ? {} : { teamSizes: sizes.split(',').map(Number) }),
  };
}

function PlannedFields() {
  const { t } = useTranslation('scenarios');
  return (
    <>
      <Field label={t('make.domain')}>
        {(control) => (
          <select {...control} name="domain">
            {DOMAINS.map((domain) => (
              <option key={domain}>{domain}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('make.style')} hint={t('make.styleHint')}>
        {(control) => (
          <select {...control} name="style">
            {STYLES.map((style) => (
              <option key={style}>{style}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('make.count')}>
        {(control) => <input {...control} name="count" type="number" min={1} max={100000} defaultValue={20} required />}
      </Field>
      <Field label={t('make.seed')}>
        {(control) => (
          <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} required />
        )}
      </Field>
    </>
  );
}

function MotifFields() {
  const { t } = useTranslation('scenarios');
  return (
    <>
      <Field label={t('make.cells')} hint={t('make.cellsHint')}>
        {(control) => (
          <input {...control} name="cells" pattern="\s*[0-3],[01],[01](\s*;\s*[0-3],[01],[01])*\s*" maxLength={200} />
        )}
      </Field>
      <Field label={t('make.sizes')} hint={t('make.sizesHint')}>
        {(control) => <input {...control} name="sizes" pattern="\s*[1-9](\s*,\s*[1-9])*\s*" maxLength={30} />}
      </Field>
    </>
  );
}

export function GenerateForm() {
  const { t } = useTranslation('scenarios');
  const startJob = useResearcher((state) => state.startJob);
  const [isLanguage, setIsLanguage] = useState(false);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const job = await startJob(
      isLanguage
        ? { kind: 'write', input: { ...plannedOf(form), ...languageOf(form) } }
        : { kind: 'generate', input: { ...plannedOf(form), ...motifsOf(form) } },
    );
    setNote(job ? t('make.started') : '');
  };
  return (
    <section className="panel">
      <h1>{t('make.title')}</h1>
      <p className="facts">{isLanguage ? t('make.languageFacts') : t('make.builtInFacts')}</p>
      <form className="form" onSubmit={submit}>
        <Field label={t('make.by')}>
          {(control) => (
            <select
              {...control}
              value={isLanguage ? 'language' : 'built-in'}
              onChange={({ target }) => setIsLanguage(target.value === 'language')}
            >
              <option value="built-in">{t('make.builtIn')}</option>
              <option value="language">{t('make.languageModel')}</option>
            </select>
          )}
        </Field>
        <PlannedFields />
        {isLanguage ? <LanguageFields /> : <MotifFields />}
        <button type="submit" className="is-primary">
          {t('make.submit')}
        </button>
        <p role="status">{note}</p>
      </form>
    </section>
  );
}
