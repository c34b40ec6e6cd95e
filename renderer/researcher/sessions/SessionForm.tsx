/** Sets a session up: its stage, its seed, who takes part and where they sit, and whether the start gate is shut at first. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';
import { useStageName } from '../../components/StageBadge.tsx';
import { useResearcher } from '../../state/store.ts';

const STAGES = ['pilot', 'live', 'draft'] as const;

/** One participant a line: a label, and after a comma the seat. */
function peopleOf(text: string): { label: string; seat?: string }[] {
  return text
    .split('\n')
    .map((line) => line.split(',').map((part) => part.trim()))
    .filter(([label]) => label !== '')
    .map(([label, seat]) => ({ label, ...(seat ? { seat } : {}) }));
}

export function SessionForm({ versionId }: { readonly versionId: string }) {
  const stageName = useStageName();
  const { t } = useTranslation('studies');
  const setUpSession = useResearcher((state) => state.setUpSession);
  const problem = useResearcher((state) => state.sessionProblem);
  const [people, setPeople] = useState('P1, seat 1\nP2, seat 2\nP3, seat 3');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void setUpSession({
      versionId,
      stage: choiceOf(form, 'stage', STAGES),
      seed: numberOf(form, 'seed', 1),
      people: peopleOf(textOf(form, 'people')),
      isGateShut: form.get('gate') !== null,
    });
  };
  return (
    <details className="panel-part">
      <summary>{t('session.setUp')}</summary>
      <form className="form" onSubmit={submit}>
        <Field label={t('session.stage')} hint={t('session.stageHint')}>
          {(control) => (
            <select {...control} name="stage">
              {STAGES.map((stage) => (
                <option key={stage} value={stage}>
                  {stageName(stage)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('session.people')} hint={t('session.peopleHint')}>
          {(control) => (
            <textarea
              {...control}
              name="people"
              className="is-prose"
              rows={5}
              value={people}
              onChange={({ target }) => setPeople(target.value)}
            />
          )}
        </Field>
        <Field label={t('seed')} hint={t('session.seedHint')}>
          {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
        </Field>
        <label className="tick">
          <input type="checkbox" name="gate" /> {t('session.gate')}
        </label>
        {problem !== null && (
          <p role="alert" className="is-failed">
            {problem}
          </p>
        )}
        <button type="submit" className="is-primary">
          {t('session.open', { count: peopleOf(people).length })}
        </button>
      </form>
    </details>
  );
}
