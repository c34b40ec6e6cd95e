/** Erasing one person: their session, their name typed again, and why. It cannot be undone. */
import { type FormEvent, useEffect, useState } from 'react';
import type { ProcedureOutput, SessionSummary } from '../../../shared/api.ts';
import { call } from '../../api.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
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
      <h2 id="erase-title">Erase a participant</h2>
      <p>
        Their answers, name and key are taken away for good, also from what backups can show. Files exported before, and
        copies your disk or system keeps of its own, are not reached.
      </p>
      <form onSubmit={submit}>
        <Field label="Session">
          {(control) => (
            <select {...control} name="session" required onChange={(event) => void choose(event.target.value)}>
              <option value="">Choose…</option>
              {sessions.map(({ sessionId, openedAt, stage, participants }) => (
                <option key={sessionId} value={sessionId}>
                  {new Date(openedAt).toLocaleString()}, {stage}, {participants} people
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Participant">
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
        <Field label="Their label, typed again">
          {(control) => <input {...control} name="label" required maxLength={80} autoComplete="off" />}
        </Field>
        <Field label="Reason, kept in the audit">
          {(control) => <input {...control} name="reason" required maxLength={400} autoComplete="off" />}
        </Field>
        <button type="submit" disabled={people.length === 0}>
          Erase for good
        </button>
      </form>
      {outcome?.status === 'ready' && <p role="status">{outcome.value} is erased.</p>}
      {outcome?.status === 'failed' && (
        <p role="alert" className="is-failed">
          Nobody was erased: {outcome.message}
        </p>
      )}
    </section>
  );
}
