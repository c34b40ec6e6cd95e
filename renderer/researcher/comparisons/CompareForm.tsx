/** The form of a comparison: whose answers people are set beside, and how the intervals are made. */
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useStageName } from '../../components/StageBadge.tsx';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';
import { AnswerFileAdd } from './AnswerFileAdd.tsx';

const UNITS = ['participants', 'queries', 'both'] as const;
const AGGREGATIONS = ['person-means', 'pooled'] as const;

/** The request of a submitted form. */
const requestOf = (form: FormData) => ({
  kind: 'compare' as const,
  input: {
    name: textOf(form, 'name'),
    sessionId: textOf(form, 'session'),
    hasPrograms: form.has('programs'),
    transformer: textOf(form, 'transformer') || null,
    runs: form.getAll('runs').map(String),
    isPooled: form.has('pooled'),
    files: form.getAll('files').map(String),
    training: textOf(form, 'training') || null,
    precision: numberOf(form, 'precision', 1),
    settings: {
      aggregation: choiceOf(form, 'aggregation', AGGREGATIONS),
      unit: choiceOf(form, 'unit', UNITS),
      replicates: numberOf(form, 'replicates', 2000),
      splits: 1000,
      seed: numberOf(form, 'seed', 1),
    },
  },
});

function PeopleField() {
  const { t } = useTranslation('comparisons');
  const { t: frame } = useTranslation('frame');
  const stageName = useStageName();
  const { moment } = useWording();
  const sessions = useResearcher((state) => state.openSessions);
  const studies = useResearcher((state) => state.studies);
  const titleOf = (versionId: string): string =>
    (studies.status === 'ready' && studies.value.find((study) => study.versionId === versionId)?.title) || versionId;
  const answered = sessions.status === 'ready' ? sessions.value.filter(({ responses }) => responses > 0) : [];
  return (
    <Field label={t('form.people')} hint={t('form.peopleHint')}>
      {(control) => (
        <select {...control} name="session" required>
          {answered.map(({ sessionId, versionId, stage, participants, openedAt }) => (
            <option key={sessionId} value={sessionId}>
              {titleOf(versionId)}, {stageName(stage)}, {frame('count.participants', { count: participants })},{' '}
              {moment(openedAt)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Programs, base, adapters. */
function OwnSources() {
  const { t } = useTranslation('comparisons');
  const transformers = useResearcher((state) => state.transformers);
  const runs = useResearcher((state) => state.runs);
  const trained = runs.status === 'ready' ? runs.value.filter(({ hasAdapter }) => hasAdapter) : [];
  return (
    <fieldset>
      <legend>{t('form.own')}</legend>
      <label>
        <input type="checkbox" name="programs" defaultChecked /> {t('form.programs')}
      </label>
      <Field label={t('form.transformer')} hint={t('form.transformerHint')}>
        {(control) => (
          <select {...control} name="transformer" defaultValue="">
            <option value="">{t('form.none')}</option>
            {transformers.status === 'ready' &&
              transformers.value.map(({ name }) => <option key={name}>{name}</option>)}
          </select>
        )}
      </Field>
      {trained.map(({ name }) => (
        <label key={name}>
          <input type="checkbox" name="runs" value={name} /> {t('form.adapter', { name })}
        </label>
      ))}
      {trained.length > 1 && (
        <label>
          <input type="checkbox" name="pooled" /> {t('form.pooled')}
        </label>
      )}
    </fieldset>
  );
}

function OtherSources() {
  const { t } = useTranslation('comparisons');
  const files = useResearcher((state) => state.answerFiles);
  const datasets = useResearcher((state) => state.datasets);
  const finished = datasets.status === 'ready' ? datasets.value.filter(({ manifest }) => manifest !== null) : [];
  return (
    <>
      <fieldset>
        <legend>{t('form.other')}</legend>
        {files.status === 'ready' && files.value.length === 0 && <p className="facts">{t('form.noFile')}</p>}
        {files.status === 'ready' &&
          files.value.map(({ name }) => (
            <label key={name}>
              <input type="checkbox" name="files" value={name} /> {name}
            </label>
          ))}
        <AnswerFileAdd />
      </fieldset>
      <Field label={t('form.training')} hint={t('form.trainingHint')}>
        {(control) => (
          <select {...control} name="training" defaultValue="">
            <option value="">{t('form.noTraining')}</option>
            {finished.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

function Settings() {
  const { t } = useTranslation('comparisons');
  const { t: frame } = useTranslation('frame');
  return (
    <details>
      <summary>{t('form.settings')}</summary>
      <Field label={t('form.unit')} hint={t('form.unitHint')}>
        {(control) => (
          <select {...control} name="unit">
            {UNITS.map((unit) => (
              <option key={unit} value={unit}>
                {t(`unit.${unit}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('form.aggregation')} hint={t('form.aggregationHint')}>
        {(control) => (
          <select {...control} name="aggregation">
            {AGGREGATIONS.map((aggregation) => (
              <option key={aggregation} value={aggregation}>
                {t(`aggregation.${aggregation}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('form.replicates')}>
        {(control) => <input {...control} name="replicates" type="number" min={100} max={100000} defaultValue={2000} />}
      </Field>
      <Field label={t('form.precision')} hint={t('form.precisionHint')}>
        {(control) => (
          <input {...control} name="precision" type="number" min={0.1} max={10} step={0.1} defaultValue={1} />
        )}
      </Field>
      <Field label={frame('form.seed')}>
        {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
      </Field>
    </details>
  );
}

export function CompareForm() {
  const { t } = useTranslation('comparisons');
  const { t: frame } = useTranslation('frame');
  const sessions = useResearcher((state) => state.openSessions);
  const startJob = useResearcher((state) => state.startJob);
  const loadSessions = useResearcher((state) => state.loadOpenSessions);
  const [note, setNote] = useState('');
  useEffect(() => void loadSessions(), [loadSessions]);
  const hasPeople = sessions.status === 'ready' && sessions.value.some(({ responses }) => responses > 0);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const request = requestOf(new FormData(event.currentTarget));
    const { hasPrograms, transformer, files } = request.input;
    if (!hasPrograms && transformer === null && files.length === 0) setNote(t('form.noSource'));
    else setNote((await startJob(request)) ? frame('form.started') : '');
  };
  return (
    <section className="panel">
      <h1>{t('form.title')}</h1>
      <form className="form" onSubmit={submit}>
        <Field label={frame('form.name')} hint={frame('form.nameHint')}>
          {(control) => (
            <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="comparison-1" />
          )}
        </Field>
        <PeopleField />
        <OwnSources />
        <OtherSources />
        <Settings />
        <button type="submit" className="is-primary" disabled={!hasPeople}>
          {t('form.submit')}
        </button>
        <p role="status">{hasPeople ? note : t('form.noPeople')}</p>
      </form>
    </section>
  );
}
