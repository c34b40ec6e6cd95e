/** A frozen version: what it is, its sessions, trying it out, and writing on from it. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudySummary } from '../../../shared/api.ts';
import { Field } from '../../components/Field.tsx';
import { numberOf } from '../../components/formValues.ts';
import { StageBadge } from '../../components/StageBadge.tsx';
import { useWording } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { SessionForm } from '../sessions/SessionForm.tsx';

const HASH_SHOWN = 12;

function SimulateForm({ study }: { readonly study: StudySummary }) {
  const { t } = useTranslation('studies');
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { versionId, title } = study;
    const input = {
      versionId,
      title,
      participants: numberOf(form, 'participants', 20),
      seed: numberOf(form, 'seed', 1),
    };
    setNote((await startJob({ kind: 'simulate', input })) ? t('started') : '');
  };
  return (
    <form className="row" onSubmit={submit}>
      <Field label={t('simulate.participants')}>
        {(control) => <input {...control} name="participants" type="number" min={1} max={10_000} defaultValue={20} />}
      </Field>
      <Field label={t('seed')}>
        {(control) => <input {...control} name="seed" type="number" min={0} max={2147483647} defaultValue={1} />}
      </Field>
      <button type="submit">{t('simulate.start')}</button>
      <p role="status">{note}</p>
    </form>
  );
}

function Sessions({ versionId }: { readonly versionId: string }) {
  const { moment } = useWording();
  const { t } = useTranslation('studies');
  const sessions = useResearcher((state) => state.openSessions);
  const own = sessions.status === 'ready' ? sessions.value.filter((session) => session.versionId === versionId) : [];
  if (own.length === 0) return <p className="state">{t('version.noSessions')}</p>;
  return (
    <ul className="entries">
      {own.map(({ sessionId, stage, openedAt, participants, responses }) => (
        <li key={sessionId}>
          <a className="entry" href={routeHash({ screen: 'sessions', item: sessionId })}>
            <span className="entry-title">
              {moment(openedAt)} <StageBadge stage={stage} />
            </span>
            <span className="facts">
              {t('session.participants', { count: participants })} · {t('shelf.answers', { count: responses })}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function VersionView({ study }: { readonly study: StudySummary }) {
  const { t } = useTranslation('studies');
  const openPreview = useResearcher((state) => state.openPreview);
  const createDraft = useResearcher((state) => state.createDraft);
  const { versionId, title, version, description, scenarios, queries, hash } = study;
  return (
    <article className="panel">
      <h1>{title}</h1>
      <p>{description}</p>
      <p className="facts">
        {t('version.facts', { version, scenarios, queries })} · <code title={hash}>{hash.slice(0, HASH_SHOWN)}</code>
      </p>
      <p className="actions">
        <button type="button" onClick={() => void openPreview(versionId)}>
          {t('version.preview')}
        </button>
        <button type="button" onClick={() => void createDraft({ versionId })}>
          {t('version.edit')}
        </button>
      </p>
      <section aria-labelledby="version-sessions">
        <h2 id="version-sessions">{t('version.sessions')}</h2>
        <Sessions versionId={versionId} />
        <SessionForm versionId={versionId} />
      </section>
      <section aria-labelledby="version-simulate">
        <h2 id="version-simulate">{t('simulate.title')}</h2>
        <p className="facts">{t('simulate.note')}</p>
        <SimulateForm study={study} />
      </section>
    </article>
  );
}
