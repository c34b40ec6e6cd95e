/** The form of a benchmark run: which questions, in which files, asked of whom. */
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { InputFile } from '../../../shared/comparisonProcedures.ts';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useResearcher } from '../../state/store.ts';

const NAMES = [
  'openestimate',
  'bayesian-teaching',
  'mmlu',
  'truthfulqa',
  'hellaswag',
  'arc-challenge',
  'winogrande',
] as const;

function requestOf(form: FormData) {
  const limit = numberOf(form, 'limit', 0);
  return {
    kind: 'benchmark' as const,
    input: {
      name: textOf(form, 'name'),
      benchmark: choiceOf(form, 'benchmark', NAMES),
      files: form.getAll('files').map(String),
      fitFiles: form.getAll('fit').map(String),
      transformer: textOf(form, 'transformer'),
      run: textOf(form, 'run') || null,
      isGuided: form.has('guided'),
      isVerbalized: form.has('verbalized'),
      ...(limit > 0 ? { limit } : {}),
      seed: numberOf(form, 'seed', 1),
      backend: 'cpu' as const,
    },
  };
}

type FileChoiceProps = { readonly legend: string; readonly name: string; readonly files: readonly InputFile[] };

function FileChoice({ legend, name, files }: FileChoiceProps) {
  const { t } = useTranslation('benchmarks');
  return (
    <fieldset>
      <legend>{legend}</legend>
      {files.map((file) => (
        <label key={file.name}>
          <input type="checkbox" name={name} value={file.name} />{' '}
          {t('form.file', { name: file.name, size: Math.ceil(file.sizeBytes / 1024) })}
        </label>
      ))}
    </fieldset>
  );
}

function Asked() {
  const { t } = useTranslation('benchmarks');
  const transformers = useResearcher((state) => state.transformers);
  const runs = useResearcher((state) => state.runs);
  const trained = runs.status === 'ready' ? runs.value.filter(({ hasAdapter }) => hasAdapter) : [];
  return (
    <>
      <Field label={t('form.transformer')}>
        {(control) => (
          <select {...control} name="transformer">
            {transformers.status === 'ready' &&
              transformers.value.map(({ name }) => <option key={name}>{name}</option>)}
          </select>
        )}
      </Field>
      <Field label={t('form.adapter')}>
        {(control) => (
          <select {...control} name="run" defaultValue="">
            <option value="">{t('form.base')}</option>
            {trained.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

export function BenchmarkForm() {
  const { t } = useTranslation('benchmarks');
  const { t: frame } = useTranslation('frame');
  const files = useResearcher((state) => state.benchmarkFiles);
  const load = useResearcher((state) => state.loadComparisons);
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const request = requestOf(new FormData(event.currentTarget));
    if (request.input.files.length === 0) setNote(t('form.noFile'));
    else setNote((await startJob(request)) ? frame('form.started') : '');
  };
  return (
    <section className="panel">
      <h1>{t('form.title')}</h1>
      <Loaded of={files} what={t('form.what')} onRetry={load}>
        {({ folder, files: list }) => (
          <form className="form" onSubmit={submit}>
            <Field label={frame('form.name')} hint={t('form.nameHint')}>
              {(control) => (
                <input
                  {...control}
                  name="name"
                  required
                  pattern="[a-z0-9][a-z0-9\-]{0,59}"
                  defaultValue="benchmark-1"
                />
              )}
            </Field>
            <Field label={t('form.benchmark')}>
              {(control) => (
                <select {...control} name="benchmark">
                  {NAMES.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              )}
            </Field>
            {list.length === 0 ? (
              <p className="state">
                <Trans t={t} i18nKey="form.putFiles" values={{ folder }} components={{ folder: <code /> }} />
              </p>
            ) : (
              <>
                <FileChoice legend={t('form.files')} name="files" files={list} />
                <FileChoice legend={t('form.fit')} name="fit" files={list} />
              </>
            )}
            <p className="actions">
              <button type="button" onClick={() => void load()}>
                {t('form.again')}
              </button>
            </p>
            <Asked />
            <fieldset>
              <legend>{t('form.how')}</legend>
              <label>
                <input type="checkbox" name="guided" /> {t('form.guided')}
              </label>
              <label>
                <input type="checkbox" name="verbalized" /> {t('form.verbalized')}
              </label>
            </fieldset>
            <Field label={t('form.limit')} hint={t('form.limitHint')}>
              {(control) => <input {...control} name="limit" type="number" min={1} />}
            </Field>
            <Field label={frame('form.seed')} hint={t('form.seedHint')}>
              {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
            </Field>
            <button type="submit" className="is-primary" disabled={list.length === 0}>
              {t('form.submit')}
            </button>
            <p role="status">{note}</p>
          </form>
        )}
      </Loaded>
    </section>
  );
}
