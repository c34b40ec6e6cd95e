/** Erasing one person: their session, their name typed again, and why. It cannot be undone. */
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcedureOutput, SessionSummary } from '../../../shared/api.ts';
import { call } from '../../api.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { useStageName } from '../../components/StageBadge.tsx';
import { useWording } from '../../components/wording.ts';
import { type Loadable, settle } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';

type People = ProcedureOutput<'sessions.participants'>;

/** The sessions of the workspace, and the people of the one chosen. */
function usePeople() {
  const [sessions, setSessions] = useState<readonly SessionSummary[]>([]);
  const [people, setPeople] = useState<People>([]);
  useEffect(() => {
    void settle(call('sessions.list', {})).then((list) => list.status === 'ready' && setSessions(list.value));
  }, []);
  const choose = async (sessionId: string): Promise<void> => {
    const list = sessionId === '' ? null : await settle(call('sessions.participants', { sessionId }));
    setPeople(list?.status === 'ready' ? list.value : []);
  };
  return { sessions, people, choose };
}

export function EraseSection() {
  const { t } = useTranslation('settings');
  const stageName = useStageName();
  const { moment } = useWording();
  const eraseParticipant = useResearcher((state) => state.eraseParticipant);
  const { sessions, people, choose } = usePeople();
  const [outcome, setOutcome] = useState<Loadable<string> | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [participantId, label, reason] = [textOf(data, 'participant'), textOf(data, 'label'), textOf(data, 'reason')];
    void settle(eraseParticipant({ participantId, label, reason }).then(() => label)).then((done) => {
      setOutcome(done);
      void choose(textOf(data, 'session'));
    });
  };
  return (
    <section aria-labelledby="erase-title">
      <h2 id="erase-title">{t('erase.title')}</h2>
      <p>{t('erase.facts')}</p>
      <form onSubmit={submit}>
        <Field label={t('erase.session')}>
          {(control) => (
            <select {...control} name="session" required onChange={(event) => void choose(event.target.value)}>
              <option value="">{t('erase.choose')}</option>
              {sessions.map(({ sessionId, openedAt, stage, participants }) => (
                <option key={sessionId} value={sessionId}>
                  {moment(openedAt)}, {stageName(stage)}, {t('erase.people', { count: participants })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('erase.participant')}>
          {(control) => (
            <select {...control} name="participant" required>
              {people.map(({ participantId, label }) => (
                <option key={participantId} value={participantId}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('erase.label')}>
          {(control) => <input {...control} name="label" required maxLength={80} autoComplete="off" />}
        </Field>
        <Field label={t('erase.reason')}>
          {(control) => <input {...control} name="reason" required maxLength={400} autoComplete="off" />}
        </Field>
        <button type="submit" disabled={people.length === 0}>
          {t('erase.submit')}
        </button>
      </form>
      {outcome?.status === 'ready' && <p role="status">{t('erase.done', { label: outcome.value })}</p>}
      {outcome?.status === 'failed' && (
        <p role="alert" className="is-failed">
          {t('erase.failed', { problem: outcome.message })}
        </p>
      )}
    </section>
  );
}
