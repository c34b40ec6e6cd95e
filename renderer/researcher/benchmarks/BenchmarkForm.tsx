/** The form of a benchmark run: which questions, in which files, asked of whom. */
import { type FormEvent, useState } from 'react';
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

const FileChoice = ({ legend, name, files }: FileChoiceProps) => (
  <fieldset>
    <legend>{legend}</legend>
    {files.map((file) => (
      <label key={file.name}>
        <input type="checkbox" name={name} value={file.name} /> {file.name} (
        {Math.ceil(file.sizeBytes / 1024).toLocaleString('en')} kB)
      </label>
    ))}
  </fieldset>
);

function Asked() {
  const transformers = useResearcher((state) => state.transformers);
  const runs = useResearcher((state) => state.runs);
  const trained = runs.status === 'ready' ? runs.value.filter(({ hasAdapter }) => hasAdapter) : [];
  return (
    <>
      <Field label="Transformer">
        {(control) => (
          <select {...control} name="transformer">
            {transformers.status === 'ready' &&
              transformers.value.map(({ name }) => <option key={name}>{name}</option>)}
          </select>
        )}
      </Field>
      <Field label="Adapter">
        {(control) => (
          <select {...control} name="run" defaultValue="">
            <option value="">none: the base</option>
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
  const files = useResearcher((state) => state.benchmarkFiles);
  const load = useResearcher((state) => state.loadComparisons);
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const request = requestOf(new FormData(event.currentTarget));
    if (request.input.files.length === 0) setNote('Choose at least one file.');
    else setNote((await startJob(request)) ? 'Started: see the jobs below.' : '');
  };
  return (
    <section className="panel">
      <h1>Run a benchmark</h1>
      <Loaded of={files} what="the files" onRetry={load}>
        {({ folder, files: list }) => (
          <form className="form" onSubmit={submit}>
            <Field label="Name" hint="The same name and settings again go on with a run that was stopped.">
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
            <Field label="Benchmark">
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
                No file yet. Put files as they are published (JSON Lines, JSON or Parquet) into <code>{folder}</code>.
              </p>
            ) : (
              <>
                <FileChoice legend="Files" name="files" files={list} />
                <FileChoice legend="Another split, to fit a temperature on" name="fit" files={list} />
              </>
            )}
            <p className="actions">
              <button type="button" onClick={() => void load()}>
                Look again for files
              </button>
            </p>
            <Asked />
            <fieldset>
              <legend>How it is asked</legend>
              <label>
                <input type="checkbox" name="guided" /> Guided (bayesian-teaching): say what options are made of
              </label>
              <label>
                <input type="checkbox" name="verbalized" /> Ask for percentages in words as well
              </label>
            </fieldset>
            <Field label="At most" hint="The first so many items of each file; all where it is empty.">
              {(control) => <input {...control} name="limit" type="number" min={1} />}
            </Field>
            <Field label="Seed" hint="Of shuffled options and of the intervals’ resamples.">
              {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
            </Field>
            <button type="submit" className="is-primary" disabled={list.length === 0}>
              Run
            </button>
            <p role="status">{note}</p>
          </form>
        )}
      </Loaded>
    </section>
  );
}
