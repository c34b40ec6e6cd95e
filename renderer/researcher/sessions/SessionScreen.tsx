/** The screen of sessions: all of them, and of the one that is chosen its people, the quality of their answers, export and withdrawal. */
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionSummary } from '../../../shared/api.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { StageBadge } from '../../components/StageBadge.tsx';
import { useWording } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { ExportForm } from './ExportForm.tsx';
import { QualityTable } from './QualityTable.tsx';

/** The study's title of a session. */
function useTitle(versionId: string | undefined): string {
  const studies = useResearcher((state) => state.studies);
  const list = studies.status === 'ready' ? studies.value : [];
  return list.find((study) => study.versionId === versionId)?.title ?? '';
}

function SessionEntry({ session }: { readonly session: SessionSummary }) {
  const { moment } = useWording();
  const { t } = useTranslation('studies');
  const shown = useResearcher((state) => state.route.item);
  const { sessionId, versionId, stage, openedAt, closedAt, participants, responses } = session;
  return (
    <a
      className="entry"
      href={routeHash({ screen: 'sessions', item: sessionId })}
      aria-current={shown === sessionId ? 'true' : undefined}
    >
      <span className="entry-title">{useTitle(versionId)}</span>
      <span className="facts">
        {moment(openedAt)} <StageBadge stage={stage} /> {t('session.participants', { count: participants })} ·{' '}
        {t('shelf.answers', { count: responses })}
        {closedAt !== null && ` · ${t('session.closed')}`}
      </span>
    </a>
  );
}

/** Who sits in the session, each to be seated at a window or an address of their own. */
function People() {
  const { t } = useTranslation('studies');
  const people = useResearcher((state) => state.people);
  const addresses = useResearcher((state) => state.seatAddresses);
  const openSeat = useResearcher((state) => state.openSeat);
  if (people.status !== 'ready') return null;
  return (
    <ul className="seats">
      {people.value.map(({ participantId, label }) => {
        const address = addresses[participantId];
        return (
          <li key={participantId}>
            <strong>{label}</strong>{' '}
            <button
              type="button"
              aria-label={t('session.seatWho', { label })}
              onClick={() => void openSeat(participantId)}
            >
              {t('session.seat')}
            </button>{' '}
            {address === null && t('session.window')}
            {address && (
              <a href={address} target="_blank" rel="noreferrer">
                {t('session.address', { label })}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Withdrawal() {
  const { t } = useTranslation('studies');
  const withdraw = useResearcher((state) => state.withdraw);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const isTaken = await withdraw(textOf(new FormData(event.currentTarget), 'code'));
    setNote(isTaken ? t('withdraw.done') : '');
  };
  return (
    <form className="row" onSubmit={submit}>
      <Field label={t('withdraw.code')} hint={t('withdraw.hint')}>
        {(control) => <input {...control} name="code" required maxLength={40} autoComplete="off" />}
      </Field>
      <button type="submit">{t('withdraw.erase')}</button>
      <p role="status">{note}</p>
    </form>
  );
}

function Heading({ session }: { readonly session: SessionSummary }) {
  const { moment } = useWording();
  const { t } = useTranslation('studies');
  const watch = useResearcher((state) => state.watch);
  const go = useResearcher((state) => state.go);
  const close = useResearcher((state) => state.closeSession);
  const problem = useResearcher((state) => state.sessionProblem);
  const { sessionId, versionId, stage, openedAt, closedAt } = session;
  const follow = (screen: 'monitor' | 'lab'): void => {
    void watch(sessionId);
    go(screen);
  };
  return (
    <>
      <h1>{useTitle(versionId)}</h1>
      <p className="facts">
        <StageBadge stage={stage} /> {t('session.opened', { moment: moment(openedAt) })}
        {closedAt !== null && ` · ${t('session.closedAt', { moment: moment(closedAt) })}`} ·{' '}
        <a href={routeHash({ screen: 'studies', item: versionId })}>{t('session.study')}</a>
      </p>
      <p className="actions">
        <button type="button" onClick={() => follow('monitor')}>
          {t('session.monitor')}
        </button>
        <button type="button" onClick={() => follow('lab')}>
          {t('session.lab')}
        </button>
        <button type="button" disabled={closedAt !== null} onClick={() => void close(sessionId)}>
          {t('session.close')}
        </button>
      </p>
      {problem !== null && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
    </>
  );
}

function SessionView({ session }: { readonly session: SessionSummary }) {
  const { t } = useTranslation('studies');
  const load = useResearcher((state) => state.loadSession);
  const quality = useResearcher((state) => state.quality);
  const { sessionId, stage, closedAt } = session;
  // The list of sessions comes anew whenever somebody answered or ended: so do the rows.
  useEffect(() => void load(session.sessionId), [session, load]);
  return (
    <article className="panel">
      <Heading session={session} />
      {stage !== 'simulated' && closedAt === null && (
        <section aria-labelledby="people-title">
          <h2 id="people-title">{t('session.peopleTitle')}</h2>
          <People />
        </section>
      )}
      <section aria-labelledby="quality-title">
        <h2 id="quality-title">{t('quality.title')}</h2>
        <Loaded of={quality} what={t('quality.what')} onRetry={() => void load(sessionId)}>
          {(rows) => <QualityTable rows={rows} />}
        </Loaded>
      </section>
      <section aria-labelledby="export-title">
        <h2 id="export-title">{t('export.title')}</h2>
        <ExportForm sessionId={sessionId} name={`session-${sessionId.slice(0, 8)}`} />
      </section>
      <section aria-labelledby="withdraw-title">
        <h2 id="withdraw-title">{t('withdraw.title')}</h2>
        <Withdrawal />
      </section>
    </article>
  );
}

function Detail({ sessions }: { readonly sessions: readonly SessionSummary[] }) {
  const { t } = useTranslation('studies');
  const item = useResearcher((state) => state.route.item);
  const session = sessions.find(({ sessionId }) => sessionId === item);
  if (session) return <SessionView key={session.sessionId} session={session} />;
  return (
    <section className="panel empty">
      <h1>{t('screen.sessions')}</h1>
      <p>{item === null ? t('sessions.teach') : t('sessions.unknown')}</p>
    </section>
  );
}

export function SessionScreen() {
  const { t } = useTranslation('studies');
  const sessions = useResearcher((state) => state.openSessions);
  const load = useResearcher((state) => state.loadOpenSessions);
  useEffect(() => void load(), [load]);
  return (
    <Loaded of={sessions} what={t('sessions.what')} onRetry={load}>
      {(list) => (
        <div className="columns">
          <section className="library" aria-labelledby="sessions-title">
            <h2 id="sessions-title">{t('screen.sessions')}</h2>
            {list.length === 0 && <p className="state">{t('sessions.none')}</p>}
            <ul className="entries">
              {list.map((session) => (
                <li key={session.sessionId}>
                  <SessionEntry session={session} />
                </li>
              ))}
            </ul>
          </section>
          <div className="detail">
            <Detail sessions={list} />
          </div>
        </div>
      )}
    </Loaded>
  );
}
