/** The studies of the workspace at the side of the screen: drafts that are being written, and frozen versions. */
import { useTranslation } from 'react-i18next';
import type { DraftSummary } from '../../../shared/draft.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useWording } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';

function DraftEntry({ draft }: { readonly draft: DraftSummary }) {
  const { moment } = useWording();
  const { t } = useTranslation('studies');
  const remove = useResearcher((state) => state.removeDraft);
  const { draftId, title, version, scenarios, faults, updatedAt } = draft;
  return (
    <li className="removable">
      <a className="entry" href={routeHash({ screen: 'studies', item: draftId })}>
        <span className="entry-title">{title || t('editor.untitled')}</span>
        <span className="facts">
          {version} · {t('scenarios.count', { count: scenarios })} · {moment(updatedAt)}
          {faults > 0 && <span className="is-failed"> · {t('checks.faults', { count: faults })}</span>}
        </span>
      </a>
      <button type="button" aria-label={t('shelf.removeDraft', { title })} onClick={() => void remove(draft)}>
        {t('remove')}
      </button>
    </li>
  );
}

function Drafts() {
  const { t } = useTranslation('studies');
  const drafts = useResearcher((state) => state.drafts);
  const load = useResearcher((state) => state.loadDrafts);
  const removed = useResearcher((state) => state.removedDraft);
  const restore = useResearcher((state) => state.restoreDraft);
  return (
    <section aria-labelledby="drafts-title">
      <h2 id="drafts-title">{t('shelf.drafts')}</h2>
      {removed && (
        <p role="status">
          {t('shelf.removed', { title: removed.title })}{' '}
          <button type="button" onClick={() => void restore()}>
            {t('editor.undo')}
          </button>
        </p>
      )}
      <Loaded of={drafts} what={t('shelf.drafts')} onRetry={load}>
        {(list) =>
          list.length === 0 ? (
            <p className="state">{t('shelf.noDrafts')}</p>
          ) : (
            <ul className="entries">
              {list.map((draft) => (
                <DraftEntry key={draft.draftId} draft={draft} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function Versions() {
  const { t } = useTranslation('studies');
  const studies = useResearcher((state) => state.studies);
  const load = useResearcher((state) => state.loadStudies);
  const shown = useResearcher((state) => state.route.item);
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t('shelf.versions')}</h2>
      <Loaded of={studies} what={t('shelf.versions')} onRetry={load}>
        {(list) => (
          <ul className="entries">
            {list.map(({ versionId, title, version, scenarios, responses }) => (
              <li key={versionId}>
                <a
                  className="entry"
                  href={routeHash({ screen: 'studies', item: versionId })}
                  aria-current={shown === versionId ? 'true' : undefined}
                >
                  <span className="entry-title">{title}</span>
                  <span className="facts">
                    {version} · {t('scenarios.count', { count: scenarios })} ·{' '}
                    {t('shelf.answers', { count: responses })}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

export function StudyShelf() {
  const { t } = useTranslation('studies');
  return (
    <div className="library">
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'studies', item: 'new' })}>
          {t('shelf.new')}
        </a>
      </p>
      <Drafts />
      <Versions />
    </div>
  );
}
