/** Starts a training: which transformer, which dataset, how; over several learning rates and seeds where several are given. */
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';
import { isTooLarge, MemoryPlan } from './MemoryPlan.tsx';
import { Settings } from './Settings.tsx';
import { configOf, sweepOf } from './trainingConfig.ts';

function Sources() {
  const { t } = useTranslation('training');
  const transformers = useResearcher((state) => state.transformers);
  const datasets = useResearcher((state) => state.datasets);
  const names = transformers.status === 'ready' ? transformers.value.map(({ name }) => name) : [];
  const finished = datasets.status === 'ready' ? datasets.value.filter(({ manifest }) => manifest !== null) : [];
  return (
    <>
      <Field label={t('form.transformer')} hint={t('form.transformerHint')}>
        {(control) => (
          <select {...control} name="transformer" required>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('form.dataset')} hint={finished.length === 0 ? t('form.noDataset') : undefined}>
        {(control) => (
          <select {...control} name="dataset" required>
            {finished.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

const inputOf = (form: FormData) => ({
  transformer: textOf(form, 'transformer'),
  dataset: textOf(form, 'dataset'),
  config: configOf(form),
});

export function TrainForm() {
  const { t } = useTranslation('training');
  const startJob = useResearcher((state) => state.startJob);
  const planRun = useResearcher((state) => state.planRun);
  const form = useRef<HTMLFormElement>(null);
  const [note, setNote] = useState('');
  const plan = async (): Promise<void> => {
    if (form.current?.reportValidity()) await planRun(inputOf(new FormData(form.current)));
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const planned = await planRun(inputOf(data));
    if (!planned || (isTooLarge(planned) && !window.confirm(t('plan.anyway')))) return;
    const input = { name: textOf(data, 'name'), ...inputOf(data), ...sweepOf(data) };
    const job = await startJob({ kind: 'train', input });
    setNote(job ? t('form.started') : '');
  };
  return (
    <section className="panel">
      <h1>{t('form.title')}</h1>
      <form className="form" ref={form} onSubmit={submit}>
        <Field label={t('form.name')} hint={t('form.nameHint')}>
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="run-1" />
          )}
        </Field>
        <Sources />
        <Settings />
        <p className="actions">
          <button type="submit" className="is-primary">
            {t('form.train')}
          </button>
          <button type="button" onClick={() => void plan()}>
            {t('plan.button')}
          </button>
        </p>
        <p role="status">{note}</p>
      </form>
      <MemoryPlan />
    </section>
  );
}
