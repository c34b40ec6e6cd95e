/** Builds a dataset from the scenarios that the library's filter shows. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

const TARGETS = ['distribution', 'mean'] as const;
const SOURCES = ['posterior', 'forward'] as const;

export function BuildForm() {
  const { t } = useTranslation('datasets');
  const { t: frame } = useTranslation('frame');
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
    setNote(job ? frame('form.started') : '');
  };
  return (
    <section className="panel">
      <h1>{t('form.title')}</h1>
      <p className="facts">{t('form.facts', { scenarios: count })}</p>
      <form className="form" onSubmit={submit}>
        <Field label={frame('form.name')} hint={frame('form.nameHint')}>
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="dataset-1" />
          )}
        </Field>
        <Field label={t('form.precision')} hint={t('form.precisionHint')}>
          {(control) => (
            <input {...control} name="precision" type="number" min={0.01} max={10} step={0.01} defaultValue={0.5} />
          )}
        </Field>
        <Field label={t('form.cells')} hint={t('form.cellsHint')}>
          {(control) => <input {...control} name="cells" defaultValue="1,1,0;2,1,0" maxLength={200} />}
        </Field>
        <Field label={t('form.target')} hint={t('form.targetHint')}>
          {(control) => (
            <select {...control} name="target">
              {TARGETS.map((target) => (
                <option key={target} value={target}>
                  {t(`target.${target}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('form.source')} hint={t('form.sourceHint')}>
          {(control) => (
            <select {...control} name="source">
              {SOURCES.map((source) => (
                <option key={source} value={source}>
                  {t(`source.${source}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={frame('form.seed')}>
          {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
        </Field>
        <button type="submit" className="is-primary" disabled={count === 0}>
          {t('form.submit')}
        </button>
        <p role="status">{count === 0 ? t('form.nothing') : note}</p>
      </form>
    </section>
  );
}
