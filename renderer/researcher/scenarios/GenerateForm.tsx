/** New scenarios from the built-in generator. */
import { type FormEvent, useState } from 'react';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

const DOMAINS = ['sports', 'healthcare', 'general'] as const;
const STYLES = ['structured', 'free-form'] as const;

export function GenerateForm() {
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const cells = textOf(form, 'cells');
    const sizes = textOf(form, 'sizes');
    const job = await startJob({
      kind: 'generate',
      input: {
        domain: choiceOf(form, 'domain', DOMAINS),
        style: choiceOf(form, 'style', STYLES),
        count: numberOf(form, 'count', 20),
        seed: numberOf(form, 'seed', 1),
        ...(cells === '' ? {} : { cells }),
        ...(sizes === '' ? {} : { teamSizes: sizes.split(',').map(Number) }),
      },
    });
    setNote(job ? 'Started: see the jobs below.' : '');
  };
  return (
    <section className="panel">
      <h1>Generate scenarios</h1>
      <p className="facts">
        The built-in generator writes text and program from one plan, so that they agree by construction. It needs no
        network; the same seed gives the same scenarios.
      </p>
      <form className="form" onSubmit={submit}>
        <Field label="Domain">
          {(control) => (
            <select {...control} name="domain">
              {DOMAINS.map((domain) => (
                <option key={domain}>{domain}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Style" hint="Structured: headed sections. Free-form: a story, notes, a chat, a report, a table.">
          {(control) => (
            <select {...control} name="style">
              {STYLES.map((style) => (
                <option key={style}>{style}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="How many">
          {(control) => (
            <input {...control} name="count" type="number" min={1} max={100000} defaultValue={20} required />
          )}
        </Field>
        <Field label="Seed">
          {(control) => (
            <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} required />
          )}
        </Field>
        <Field label="Motif cells" hint="P,C,R separated by semicolons, such as 0,0,1;2,1,0. All 16 where empty.">
          {(control) => (
            <input {...control} name="cells" pattern="\s*[0-3],[01],[01](\s*;\s*[0-3],[01],[01])*\s*" maxLength={200} />
          )}
        </Field>
        <Field label="Team sizes" hint="1–9, separated by commas. 2–9 where empty.">
          {(control) => <input {...control} name="sizes" pattern="\s*[1-9](\s*,\s*[1-9])*\s*" maxLength={30} />}
        </Field>
        <button type="submit" className="is-primary">
          Generate
        </button>
        <p role="status">{note}</p>
      </form>
    </section>
  );
}
