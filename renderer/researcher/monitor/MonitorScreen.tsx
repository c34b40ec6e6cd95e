/** The live monitor of one session: a start gate, a tile for each participant, and how the cells are filled. */
import { useEffect } from 'react';
import type { SessionSummary } from '../../../shared/api.ts';
import { Field } from '../../components/Field.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { useStageName } from '../../components/StageBadge.tsx';
import { counted, useWording } from '../../components/wording.ts';
import type { MonitorView } from '../../state/monitorSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { Tiles } from './Tiles.tsx';

const REFRESH_MS = 2000;

function SessionChoice({ sessions }: { readonly sessions: readonly SessionSummary[] }) {
  const stageName = useStageName();
  const { moment } = useWording();
  const chosen = useResearcher((state) => state.watched?.sessionId ?? '');
  const watch = useResearcher((state) => state.watch);
  const studies = useResearcher((state) => state.studies);
  const titleOf = (versionId: string): string =>
    studies.status === 'ready' ? (studies.value.find((one) => one.versionId === versionId)?.title ?? versionId) : '';
  if (sessions.length === 0)
    return <p className="state">No session yet. Seat a participant under “Studies and reports”: that opens one.</p>;
  return (
    <Field label="Session">
      {(control) => (
        <select {...control} value={chosen} onChange={(event) => void watch(event.target.value)}>
          {chosen === '' && <option value="">Choose…</option>}
          {sessions.map(({ sessionId, versionId, stage, openedAt, closedAt, participants }) => (
            <option key={sessionId} value={sessionId}>
              {titleOf(versionId)}, {stageName(stage)}, {moment(openedAt)}, {counted(participants, 'participant')}
              {closedAt !== null && ', closed'}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Gate({ isOpen }: { readonly isOpen: boolean }) {
  const setGate = useResearcher((state) => state.setGate);
  return (
    <p className="gate">
      The start gate is{' '}
      {isOpen ? 'open: whoever has checked in begins at once.' : 'shut: whoever has checked in waits.'}{' '}
      <button type="button" onClick={() => void setGate(!isOpen)}>
        {isOpen ? 'Shut the gate' : 'Open the gate'}
      </button>
    </p>
  );
}

function Balance({ rows }: { readonly rows: MonitorView['balance'] }) {
  if (rows.length < 2) return null;
  return (
    <section aria-labelledby="balance-title">
      <h2 id="balance-title">How the cells are filled</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">Completed</th>
            <th scope="col">Under way</th>
            <th scope="col">Ended otherwise</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cell, completed, reserved, ended }) => (
            <tr key={cell}>
              <th scope="row">{cell}</th>
              <td>{completed}</td>
              <td>{reserved}</td>
              <td>{ended}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Watched({ view }: { readonly view: MonitorView }) {
  const problem = useResearcher((state) => state.monitorProblem);
  return (
    <>
      <Gate isOpen={view.isGateOpen} />
      {problem !== null && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      {view.tiles.length === 0 ? (
        <p className="state">Nobody was added to this session yet.</p>
      ) : (
        <Tiles tiles={view.tiles} />
      )}
      <Balance rows={view.balance} />
    </>
  );
}

export function MonitorScreen() {
  const sessions = useResearcher((state) => state.openSessions);
  const loadSessions = useResearcher((state) => state.loadOpenSessions);
  const watched = useResearcher((state) => state.watched);
  const watch = useResearcher((state) => state.watch);
  const sessionId = watched?.sessionId;
  useEffect(() => void loadSessions(), [loadSessions]);
  useEffect(() => {
    if (sessionId === undefined) return;
    const timer = setInterval(() => void watch(sessionId), REFRESH_MS);
    return () => clearInterval(timer);
  }, [sessionId, watch]);
  return (
    <div className="monitor">
      <h1>Monitor</h1>
      <Loaded of={sessions} what="sessions" onRetry={loadSessions}>
        {(list) => <SessionChoice sessions={list} />}
      </Loaded>
      {watched && (
        <Loaded of={watched.view} what="the session" onRetry={() => void watch(watched.sessionId)}>
          {(view) => <Watched view={view} />}
        </Loaded>
      )}
    </div>
  );
}
