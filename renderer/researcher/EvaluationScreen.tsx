/** Evaluations: base transformer, adapters and floors against the programs on held-out queries. */

import { type FormEvent, useEffect, useState } from 'react';
import type { Evaluation } from '../../shared/evaluation.ts';
import { EntryList } from '../components/EntryList.tsx';
import { Field } from '../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../components/formValues.ts';
import { Loaded } from '../components/Loaded.tsx';
import { counted, useWording } from '../components/wording.ts';
import { routeHash } from '../state/routeSlice.ts';
import { useResearcher } from '../state/store.ts';
import { EvaluationTable } from './EvaluationTable.tsx';

const SPLITS = ['test', 'validation'] as const;

function EvaluateForm() {
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
    setNote((await startJob({ kind: 'evaluate', input })) ? 'Started: see the jobs below.' : '');
  };
  return (
    <section className="panel">
      <h1>Evaluate adapters</h1>
      <form className="form" onSubmit={submit}>
        <Field label="Name" hint="Lower-case letters, digits and hyphens.">
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="evaluation-1" />
          )}
        </Field>
        <Field label="Transformer">
          {(control) => (
            <select {...control} name="transformer">
              {transformers.status === 'ready' &&
                transformers.value.map(({ name }) => <option key={name}>{name}</option>)}
            </select>
          )}
        </Field>
        <Field label="Dataset">
          {(control) => (
            <select {...control} name="dataset" required>
              {finished.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Split" hint="Choose on validation, report on test.">
          {(control) => (
            <select {...control} name="split">
              {SPLITS.map((split) => (
                <option key={split}>{split}</option>
              ))}
            </select>
          )}
        </Field>
        <fieldset>
          <legend>Adapters</legend>
          {trained.length === 0 && <p className="facts">No run has an adapter yet; the base is evaluated alone.</p>}
          {trained.map(({ name }) => (
            <label key={name}>
              <input type="checkbox" name="runs" value={name} defaultChecked /> {name}
            </label>
          ))}
        </fieldset>
        <Field label="Seed" hint="Of the intervals' resamples.">
          {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
        </Field>
        <button type="submit" className="is-primary" disabled={finished.length === 0}>
          Evaluate
        </button>
        <p role="status">{finished.length === 0 ? 'Build a dataset first.' : note}</p>
      </form>
    </section>
  );
}

function EvaluationView({ evaluation }: { readonly evaluation: Evaluation }) {
  const { moment } = useWording();
  const { name, createdAt, transformer, dataset, split, scenarios, rows, interval, version } = evaluation;
  return (
    <article className="panel">
      <h1>{name}</h1>
      <p className="facts">
        {moment(createdAt)} · transformer {transformer} · dataset {dataset}, {split} split ·{' '}
        {counted(scenarios, 'scenario')} · version {version}
      </p>
      <EvaluationTable evaluation={rows} level={interval.level} />
      <p className="facts">
        Intervals: percentile bootstrap over whole scenarios, {interval.replicates.toLocaleString('en')} resamples, seed{' '}
        {interval.seed}. “contests turned around” shows what knowing the convention alone would give.
      </p>
    </article>
  );
}

function Detail() {
  const item = useResearcher((state) => state.route.item);
  const evaluation = useResearcher((state) => state.evaluation);
  const load = useResearcher((state) => state.loadEvaluation);
  useEffect(() => {
    if (item !== null && item !== 'new') void load(item);
  }, [item, load]);
  if (item === 'new') return <EvaluateForm />;
  if (item !== null)
    return (
      <Loaded of={evaluation} what="the evaluation" onRetry={() => load(item)}>
        {(value) => <EvaluationView evaluation={value} />}
      </Loaded>
    );
  return (
    <section className="panel empty">
      <h1>Evaluations</h1>
      <p>
        An evaluation asks the base transformer and adapters the queries of a held-out split and measures how far they
        are from the programs, beside floors that use nothing of the scenario.
      </p>
    </section>
  );
}

function EvaluationList() {
  const { moment } = useWording();
  const evaluations = useResearcher((state) => state.evaluations);
  return (
    <EntryList
      screen="evaluations"
      of={evaluations}
      what="evaluations"
      facts={({ dataset, split, createdAt }) => `${dataset}, ${split} · ${moment(createdAt)}`}
    />
  );
}

export const EvaluationScreen = () => (
  <div className="columns">
    <section className="library" aria-labelledby="evaluations-title">
      <h2 id="evaluations-title">Evaluations</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'evaluations', item: 'new' })}>
          Evaluate…
        </a>
      </p>
      <EvaluationList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
