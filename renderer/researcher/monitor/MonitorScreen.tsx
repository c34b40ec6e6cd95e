/** The live monitor of one session: a start gate, a tile for each participant, and how the cells are filled. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionSummary } from '../../../shared/api.ts';
import { Field } from '../../components/Field.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { useStageName } from '../../components/StageBadge.tsx';
import { useWording } from '../../components/wording.ts';
import type { MonitorView } from '../../state/monitorSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { Tiles } from './Tiles.tsx';

const REFRESH_MS = 2000;

function SessionChoice({ sessions }: { readonly sessions: readonly SessionSummary[] }) {
  const stageName = useStageName();
  const { moment } = useWording();
  const { t } = useTranslation('monitor');
  const { t: frame } = useTranslation('frame');
  const chosen = useResearcher((state) => state.watched?.sessionId ?? '');
  const watch = useResearcher((state) => state.watch);
  const studies = useResearcher((state) => state.studies);
  const titleOf = (versionId: string): string =>
    studies.status === 'ready' ? (studies.value.find((one) => one.versionId === versionId)?.title ?? versionId) : '';
  if (sessions.length === 0) return <p className="state">{t('none')}</p>;
  return (
    <Field label={t('session')}>
      {(control) => (
        <select {...control} value={chosen} onChange={(event) => void watch(event.target.value)}>
          {chosen === '' && <option value="">{t('choose')}</option>}
          {sessions.map(({ sessionId, versionId, stage, openedAt, closedAt, participants }) => (
            <option key={sessionId} value={sessionId}>
              {titleOf(versionId)}, {stageName(stage)}, {moment(openedAt)},{' '}
              {frame('count.participants', { count: participants })}
              {closedAt !== null && `, ${t('closed')}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Gate({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useTranslation('monitor');
  const setGate = useResearcher((state) => state.setGate);
  return (
    <p className="gate">
      {isOpen ? t('gate.isOpen') : t('gate.isShut')}{' '}
      <button type="button" onClick={() => void setGate(!isOpen)}>
        {isOpen ? t('gate.shut') : t('gate.open')}
      </button>
    </p>
  );
}

function Balance({ rows }: { readonly rows: MonitorView['balance'] }) {
  const { t } = useTranslation('monitor');
  if (rows.length < 2) return null;
  return (
    <section aria-labelledby="balance-title">
      <h2 id="balance-title">{t('balance.title')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('balance.cell')}</th>
            <th scope="col">{t('balance.completed')}</th>
            <th scope="col">{t('balance.reserved')}</th>
            <th scope="col">{t('balance.ended')}</th>
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
  const { t } = useTranslation('monitor');
  const problem = useResearcher((state) => state.monitorProblem);
  return (
    <>
      <Gate isOpen={view.isGateOpen} />
      {problem !== null && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      {view.tiles.length === 0 ? <p className="state">{t('nobody')}</p> : <Tiles tiles={view.tiles} />}
      <Balance rows={view.balance} />
    </>
  );
}

export function MonitorScreen() {
  const { t } = useTranslation('monitor');
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
      <h1>{t('title')}</h1>
      <Loaded of={sessions} what={t('what')} onRetry={loadSessions}>
        {(list) => <SessionChoice sessions={list} />}
      </Loaded>
      {watched && (
        <Loaded of={watched.view} what={t('whatOne')} onRetry={() => void watch(watched.sessionId)}>
          {(view) => <Watched view={view} />}
        </Loaded>
      )}
    </div>
  );
}
