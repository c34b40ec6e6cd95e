/** The live monitor of a session: one tile per participant, the start gate, and how the cells of the design are filled. */
import { type FormEvent, useEffect } from 'react';
import type { SessionSummary } from '../../../shared/api.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { StageBadge } from '../../components/StageBadge.tsx';
import { counted, momentText } from '../../components/wording.ts';
import type { Monitor } from '../../state/sessionsSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { MonitorTileCard } from './MonitorTileCard.tsx';

const REFRESH_MS = 1000;

/** Asks for the session's state again and again while it is shown. */
function useMonitor(sessionId: string) {
  const monitor = useResearcher((state) => state.monitor);
  const load = useResearcher((state) => state.loadMonitor);
  useEffect(() => {
    void load(sessionId);
    const timer = setInterval(() => void load(sessionId), REFRESH_MS);
    return () => clearInterval(timer);
  }, [sessionId, load]);
  return { monitor, load };
}

function Balance({ balance }: { readonly balance: Monitor['balance'] }) {
  if (balance.length < 2) return null;
  return (
    <ScrollFrame label="Balance of the design">
      <table>
        <caption>
          How the cells of the design are filled: by who completed, with places held for who is at work.
        </caption>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">Completed</th>
            <th scope="col">At work</th>
            <th scope="col">Ended early</th>
          </tr>
        </thead>
        <tbody>
          {balance.map(({ cell, completed, reserved, ended }) => (
            <tr key={cell}>
              <th scope="row">{cell}</th>
              <td>{completed}</td>
              <td>{reserved}</td>
              <td>{ended}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function AddForm({ sessionId }: { readonly sessionId: string }) {
  const add = useResearcher((state) => state.addToSession);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const label = textOf(new FormData(event.currentTarget), 'label');
    if (label !== '') void add(sessionId, label);
    event.currentTarget.reset();
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <Field label="Add a participant">
        {(control) => (
          <input {...control} name="label" maxLength={80} placeholder="Label" autoComplete="off" required />
        )}
      </Field>
      <button type="submit">Add</button>
    </form>
  );
}

function View({ session, monitor }: { readonly session: SessionSummary; readonly monitor: Monitor }) {
  const setGate = useResearcher((state) => state.setGate);
  const closeSession = useResearcher((state) => state.closeSession);
  const problem = useResearcher((state) => state.labProblem);
  const { sessionId } = session;
  return (
    <article className="panel">
      <h1>
        Session <StageBadge stage={session.stage} />
      </h1>
      <p className="facts">
        <code>{sessionId}</code> · opened {momentText(session.openedAt)} · {counted(session.responses, 'response')}
      </p>
      <p className="actions">
        <button type="button" aria-pressed={monitor.isGateOpen} onClick={() => setGate(sessionId, !monitor.isGateOpen)}>
          {monitor.isGateOpen ? 'Start gate open: shut it' : 'Start gate shut: open it'}
        </button>
        <button type="button" disabled={session.closedAt !== null} onClick={() => closeSession(sessionId)}>
          Close for new participants
        </button>
      </p>
      {problem && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      {session.closedAt === null && <AddForm sessionId={sessionId} />}
      {monitor.tiles.length === 0 ? (
        <p className="state">Nobody takes part yet.</p>
      ) : (
        <ul className="tiles" aria-label="Participants">
          {monitor.tiles.map((tile) => (
            <li key={tile.participantId}>
              <MonitorTileCard sessionId={sessionId} tile={tile} />
            </li>
          ))}
        </ul>
      )}
      <Balance balance={monitor.balance} />
    </article>
  );
}

export function MonitorPane({ session }: { readonly session: SessionSummary }) {
  const { monitor, load } = useMonitor(session.sessionId);
  return (
    <Loaded of={monitor} what="the monitor" onRetry={() => load(session.sessionId)}>
      {(value) => <View session={session} monitor={value} />}
    </Loaded>
  );
}
