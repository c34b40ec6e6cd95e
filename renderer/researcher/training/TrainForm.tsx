/** Starts a training run: which transformer, which dataset, how. */
import { type FormEvent, useState } from 'react';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

const TARGETS = ['distribution', 'mean'] as const;
const SCHEDULES = ['constant', 'cosine'] as const;
const WEIGHTS = ['float32', 'float16', 'int4'] as const;
const BACKENDS = ['cpu', 'webgpu', 'cuda'] as const;

/** The configuration that a form describes; what it does not ask has its default. */
const configOf = (form: FormData) => ({
  target: choiceOf(form, 'target', TARGETS),
  loss: 'renormalised' as const,
  rank: numberOf(form, 'rank', 8),
  alpha: 2 * numberOf(form, 'rank', 8),
  dropout: 0,
  learningRate: numberOf(form, 'rate', 5e-4),
  weightDecay: 0,
  schedule: choiceOf(form, 'schedule', SCHEDULES),
  warmupSteps: 0,
  clipNorm: 1,
  batch: numberOf(form, 'batch', 4),
  accumulate: 1,
  epochBatches: numberOf(form, 'epochBatches', 200),
  epochs: numberOf(form, 'epochs', 10),
  patience: numberOf(form, 'patience', 5),
  seed: numberOf(form, 'seed', 1),
  backend: choiceOf(form, 'backend', BACKENDS),
  threads: 1,
  weights: choiceOf(form, 'weights', WEIGHTS),
  checkpointing: form.get('checkpointing') === 'on',
});

function Choices({ names }: { readonly names: readonly string[] }) {
  return names.map((name) => <option key={name}>{name}</option>);
}

function Sources() {
  const transformers = useResearcher((state) => state.transformers);
  const datasets = useResearcher((state) => state.datasets);
  const finished = datasets.status === 'ready' ? datasets.value.filter(({ manifest }) => manifest !== null) : [];
  return (
    <>
      <Field
        label="Transformer"
        hint="The bundled small one, or Hugging Face folders in the workspace's models folder."
      >
        {(control) => (
          <select {...control} name="transformer" required>
            <Choices names={transformers.status === 'ready' ? transformers.value.map(({ name }) => name) : []} />
          </select>
        )}
      </Field>
      <Field label="Dataset" hint={finished.length === 0 ? 'Build a dataset first.' : undefined}>
        {(control) => (
          <select {...control} name="dataset" required>
            <Choices names={finished.map(({ name }) => name)} />
          </select>
        )}
      </Field>
    </>
  );
}

function Settings() {
  return (
    <>
      <Field label="Target" hint="The whole distribution, or its mean.">
        {(control) => (
          <select {...control} name="target">
            <Choices names={TARGETS} />
          </select>
        )}
      </Field>
      <Field label="Learning rate">
        {(control) => (
          <input {...control} name="rate" type="number" min={1e-7} max={1} step="any" defaultValue={5e-4} />
        )}
      </Field>
      <Field label="Rank" hint="Of the adapter; alpha is twice the rank.">
        {(control) => <input {...control} name="rank" type="number" min={1} max={256} defaultValue={8} />}
      </Field>
      <Field label="Batch" hint="Scenarios a step.">
        {(control) => <input {...control} name="batch" type="number" min={1} max={256} defaultValue={4} />}
      </Field>
      <Field label="Steps an epoch">
        {(control) => <input {...control} name="epochBatches" type="number" min={1} max={10000} defaultValue={200} />}
      </Field>
      <Field label="Most epochs">
        {(control) => <input {...control} name="epochs" type="number" min={1} max={500} defaultValue={10} />}
      </Field>
      <Field label="Patience" hint="Epochs without a better validation before stopping.">
        {(control) => <input {...control} name="patience" type="number" min={1} max={500} defaultValue={5} />}
      </Field>
      <Field label="Schedule">
        {(control) => (
          <select {...control} name="schedule">
            <Choices names={SCHEDULES} />
          </select>
        )}
      </Field>
      <Field label="Device">
        {(control) => (
          <select {...control} name="backend">
            <Choices names={BACKENDS} />
          </select>
        )}
      </Field>
      <Field
        label="Base weights"
        hint="Half precision takes half the memory, int4 an eighth; adapters stay in full precision."
      >
        {(control) => (
          <select {...control} name="weights">
            <Choices names={WEIGHTS} />
          </select>
        )}
      </Field>
      <label>
        <input type="checkbox" name="checkpointing" /> Compute activations again in the backward pass (less memory)
      </label>
      <Field label="Seed">
        {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
      </Field>
    </>
  );
}

export function TrainForm() {
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = {
      name: textOf(form, 'name'),
      transformer: textOf(form, 'transformer'),
      dataset: textOf(form, 'dataset'),
      config: configOf(form),
    };
    const job = await startJob({ kind: 'train', input });
    setNote(job ? 'Started: see the jobs below; the run appears in the list after its first step.' : '');
  };
  return (
    <section className="panel">
      <h1>Train a transformer</h1>
      <form className="form" onSubmit={submit}>
        <Field label="Name" hint="Lower-case letters, digits and hyphens.">
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="run-1" />
          )}
        </Field>
        <Sources />
        <Settings />
        <button type="submit" className="is-primary">
          Train
        </button>
        <p role="status">{note}</p>
      </form>
    </section>
  );
}
