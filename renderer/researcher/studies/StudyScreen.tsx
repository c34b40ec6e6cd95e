/** The screen of studies: what is written and what is frozen, a new study, the editor, or one version. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../components/Loaded.tsx';
import { useResearcher } from '../../state/store.ts';
import { Preview } from '../Preview.tsx';
import { StudyEditor } from './editor/StudyEditor.tsx';
import { NewStudyForm } from './NewStudyForm.tsx';
import { StudyShelf } from './StudyShelf.tsx';
import { VersionView } from './VersionView.tsx';

function OpenDraft({ draftId }: { readonly draftId: string }) {
  const { t } = useTranslation('studies');
  const openDraft = useResearcher((state) => state.openDraft);
  const showDraft = useResearcher((state) => state.showDraft);
  useEffect(() => void showDraft(draftId), [draftId, showDraft]);
  return (
    <Loaded of={openDraft} what={t('editor.what')} onRetry={() => void showDraft(draftId)}>
      {(draft) => <StudyEditor key={draft.draftId} draft={draft} />}
    </Loaded>
  );
}

function Version({ versionId }: { readonly versionId: string }) {
  const { t } = useTranslation('studies');
  const studies = useResearcher((state) => state.studies);
  const load = useResearcher((state) => state.loadStudies);
  const loadSessions = useResearcher((state) => state.loadOpenSessions);
  useEffect(() => void loadSessions(), [loadSessions]);
  return (
    <Loaded of={studies} what={t('shelf.versions')} onRetry={load}>
      {(list) => {
        const study = list.find((one) => one.versionId === versionId);
        return study ? <VersionView key={versionId} study={study} /> : <p className="state">{t('version.unknown')}</p>;
      }}
    </Loaded>
  );
}

function Detail() {
  const { t } = useTranslation('studies');
  const item = useResearcher((state) => state.route.item);
  if (item === 'new') return <NewStudyForm />;
  if (item !== null) return <Version versionId={item} />;
  return (
    <section className="panel empty">
      <h1>{t('screen.studies')}</h1>
      <p>{t('studies.teach')}</p>
      <p>{t('studies.teachFreeze')}</p>
    </section>
  );
}

export function StudyScreen() {
  const item = useResearcher((state) => state.route.item);
  if (item?.startsWith('draft-')) return <OpenDraft draftId={item} />;
  return (
    <div className="columns">
      <StudyShelf />
      <div className="detail">
        <Detail />
      </div>
      <Preview />
    </div>
  );
}
