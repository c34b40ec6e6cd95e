/** Sessions: the list, the monitor of the one that is chosen, and the stations of the lab. */
import type { SessionSummary } from '../../../shared/api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { StageBadge } from '../../components/StageBadge.tsx';
import { counted, momentText } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { LabPane } from './LabPane.tsx';
import { MonitorPane } from './MonitorPane.tsx';

function SessionEntry({ session }: { readonly session: SessionSummary }) {
  const isShown = useResearcher((state) => state.route.item === session.sessionId);
  const title = useResearcher((state) =>
    state.studies.status === 'ready'
      ? state.studies.value.find(({ versionId }) => versionId === session.versionId)?.title
      : undefined,
  );
  return (
    <a
      className="entry"
      href={routeHash({ screen: 'sessions', item: session.sessionId })}
      aria-current={isShown ? 'true' : undefined}
    >
      <span className="entry-title">
        {title ?? 'Study'} <StageBadge stage={session.stage} />
      </span>
      <span className="facts">
        {momentText(session.openedAt)} · {counted(session.participants, 'participant')} ·{' '}
        {counted(session.responses, 'response')}
        {session.closedAt !== null && ' · closed'}
      </span>
    </a>
  );
}

function SessionList() {
  const sessions = useResearcher((state) => state.sessions);
  const load = useResearcher((state) => state.loadSessions);
  return (
    <Loaded of={sessions} what="sessions" onRetry={load}>
      {(list) =>
        list.length === 0 ? (
          <p className="state">No sessions yet: seat a participant in a study to open one.</p>
        ) : (
          <ul className="entries">
            {list.map((session) => (
              <li key={session.sessionId}>
                <SessionEntry session={session} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Detail() {
  const item = useResearcher((state) => state.route.item);
  const sessions = useResearcher((state) => state.sessions);
  const session = sessions.status === 'ready' ? sessions.value.find(({ sessionId }) => sessionId === item) : undefined;
  if (item === 'lab') return <LabPane />;
  if (session) return <MonitorPane key={session.sessionId} session={session} />;
  return (
    <section className="panel empty">
      <h1>Sessions</h1>
      <p>
        A session is one sitting of a study. Choose one to see who takes part and how far they are; what they answer is
        not shown here.
      </p>
    </section>
  );
}

export const SessionScreen = () => (
  <div className="columns">
    <section className="library" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Sessions</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'sessions', item: 'lab' })}>
          Lab stations…
        </a>
      </p>
      <SessionList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
