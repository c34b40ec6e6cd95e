/** Evaluations: base transformer, adapters and floors against the programs on held-out queries. */

import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../shared/evaluation.ts';
import { EntryList } from '../components/EntryList.tsx';
import { Field } from '../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../components/formValues.ts';
import { ListScreen } from '../components/ListScreen.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { useWording } from '../components/wording.ts';
import { useResearcher } from '../state/store.ts';
import { EvaluationTable } from './EvaluationTable.tsx';

const SPLITS = ['test', 'validation'] as const;

function EvaluateForm() {
  const { t } = useTranslation('evaluations');
  const { t: frame } = useTranslation('frame');
  const transformers = useResearcher((state) => state.transformers);
  const datasets = useResearcher((state) => state.datasets);
  const runs = useResearcher((state) => state.runs);
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const trained = runs.status === 'ready' ? runs.value.filter(({ hasAdapter }) => hasAdapter) : [];
  const finished = datasets.status === 'ready' ? datasets.value.filter(({ manifest }) => manifest !== null) : [];
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = {
      name: textOf(form, 'name'),
      transformer: textOf(form, 'transformer'),
      dataset: textOf(form, 'dataset'),
      split: choiceOf(form, 'split', SPLITS),
      runs: form.getAll('runs').map(String),
      backend: 'cpu' as const,
      seed: numberOf(form, 'seed', 1),
    };
    setNote((await startJob({ kind: 'evaluate', input })) ? frame('form.started') : '');
  };
  return (
    <section className="panel">
      <h1>{t('form.title')}</h1>
      <form className="form" onSubmit={submit}>
        <Field label={frame('form.name')} hint={frame('form.nameHint')}>
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="evaluation-1" />
          )}
        </Field>
        <Field label={t('form.transformer')}>
          {(control) => (
            <select {...control} name="transformer">
              {transformers.status === 'ready' &&
                transformers.value.map(({ name }) => <option key={name}>{name}</option>)}
            </select>
          )}
        </Field>
        <Field label={t('form.dataset')}>
          {(control) => (
            <select {...control} name="dataset" required>
              {finished.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('form.split')} hint={t('form.splitHint')}>
          {(control) => (
            <select {...control} name="split">
              {SPLITS.map((split) => (
                <option key={split}>{split}</option>
              ))}
            </select>
          )}
        </Field>
        <fieldset>
          <legend>{t('form.adapters')}</legend>
          {trained.length === 0 && <p className="facts">{t('form.noAdapter')}</p>}
          {trained.map(({ name }) => (
            <label key={name}>
              <input type="checkbox" name="runs" value={name} defaultChecked /> {name}
            </label>
          ))}
        </fieldset>
        <Field label={frame('form.seed')} hint={t('form.seedHint')}>
          {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
        </Field>
        <button type="submit" className="is-primary" disabled={finished.length === 0}>
          {t('form.submit')}
        </button>
        <p role="status">{finished.length === 0 ? t('form.noDataset') : note}</p>
      </form>
    </section>
  );
}

function EvaluationView({ evaluation }: { readonly evaluation: Evaluation }) {
  const { t } = useTranslation('evaluations');
  const { t: frame } = useTranslation('frame');
  const { moment } = useWording();
  const { name, createdAt, transformer, dataset, split, scenarios, rows, interval, version } = evaluation;
  return (
    <article className="panel">
      <h1>{name}</h1>
      <p className="facts">
        {moment(createdAt)} · {t('view.origin', { transformer, dataset, split })} ·{' '}
        {frame('count.scenarios', { count: scenarios })} · {frame('version', { version })}
      </p>
      <EvaluationTable evaluation={rows} level={interval.level} />
      <p className="facts">{t('view.intervals', { replicates: interval.replicates, seed: interval.seed })}</p>
    </article>
  );
}

function Detail() {
  const { t } = useTranslation('evaluations');
  const item = useResearcher((state) => state.route.item);
  const evaluation = useResearcher((state) => state.evaluation);
  const load = useResearcher((state) => state.loadEvaluation);
  useEffect(() => {
    if (item !== null && item !== 'new') void load(item);
  }, [item, load]);
  if (item === 'new') return <EvaluateForm />;
  if (item !== null)
    return (
      <Loaded of={evaluation} what={t('whatOne')} onRetry={() => load(item)}>
        {(value) => <EvaluationView evaluation={value} />}
      </Loaded>
    );
  return (
    <section className="panel empty">
      <h1>{t('title')}</h1>
      <p>{t('empty')}</p>
    </section>
  );
}

function EvaluationList() {
  const { t } = useTranslation('evaluations');
  const { moment } = useWording();
  const evaluations = useResearcher((state) => state.evaluations);
  return (
    <EntryList
      screen="evaluations"
      of={evaluations}
      what={t('what')}
      facts={({ dataset, split, createdAt }) => `${dataset}, ${split} · ${moment(createdAt)}`}
    />
  );
}

export function EvaluationScreen() {
  const { t } = useTranslation('evaluations');
  return (
    <ListScreen screen="evaluations" title={t('title')} start={t('start')} list={<EvaluationList />}>
      <Detail />
    </ListScreen>
  );
}
