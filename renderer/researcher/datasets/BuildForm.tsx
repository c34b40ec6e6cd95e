/** Builds a dataset from the scenarios that the library's filter shows. */
import { type FormEvent, useState } from 'react';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

const TARGETS = ['distribution', 'mean'] as const;
const SOURCES = ['posterior', 'forward'] as const;

export function BuildForm() {
  const filter = useResearcher((state) => state.filter);
  const total = useResearcher((state) => state.total);
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const count = total.status === 'ready' ? total.value : 0;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const job = await startJob({
      kind: 'dataset',
      input: {
        name: textOf(form, 'name'),
        scenarios: { filter },
        precision: numberOf(form, 'precision', 0.5),
        seed: numberOf(form, 'seed', 1),
        holdOutCells: textOf(form, 'cells') || '1,1,0;2,1,0',
        target: choiceOf(form, 'target', TARGETS),
        source: choiceOf(form, 'source', SOURCES),
      },
    });
    setNote(job ? 'Started: see the jobs below.' : '');
  };
  return (
    <section className="panel">
      <h1>Build a dataset</h1>
      <p className="facts">
        Runs the programs of the {count.toLocaleString('en')} scenarios that the filter of the scenario list shows, and
        splits them by motif cell.
      </p>
      <form className="form" onSubmit={submit}>
        <Field label="Name" hint="Lower-case letters, digits and hyphens.">
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="dataset-1" />
          )}
        </Field>
        <Field label="Precision" hint="Wanted Monte Carlo standard error of every label, in points.">
          {(control) => (
            <input {...control} name="precision" type="number" min={0.01} max={10} step={0.01} defaultValue={0.5} />
          )}
        </Field>
        <Field
          label="Held-out motif cells"
          hint="Kept from training: half for validation, half for testing, by scenario."
        >
          {(control) => <input {...control} name="cells" defaultValue="1,1,0;2,1,0" maxLength={200} />}
        </Field>
        <Field label="Target" hint="The whole distribution, or the rounded mean.">
          {(control) => (
            <select {...control} name="target">
              {TARGETS.map((target) => (
                <option key={target}>{target}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Labels" hint="The posterior, or one forward draw that shows the scenario's results.">
          {(control) => (
            <select {...control} name="source">
              {SOURCES.map((source) => (
                <option key={source}>{source}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Seed">
          {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
        </Field>
        <button type="submit" className="is-primary" disabled={count === 0}>
          Build
        </button>
        <p role="status">{count === 0 ? 'The filter shows no scenario.' : note}</p>
      </form>
    </section>
  );
}
