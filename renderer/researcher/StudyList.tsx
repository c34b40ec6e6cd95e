/** The studies of the workspace, each with what it holds and who has answered. */
import { Trans, useTranslation } from 'react-i18next';
import type { StudySummary } from '../../shared/api.ts';
import { Loaded } from '../components/Loaded.tsx';
import { STAGES, StageBadge } from '../components/StageBadge.tsx';
import { useResearcher } from '../state/store.ts';
import { SeatForm } from './SeatForm.tsx';

function Participants({ study }: { readonly study: StudySummary }) {
  const { t } = useTranslation('home');
  const { t: frame } = useTranslation('frame');
  const stages = STAGES.filter((stage) => (study.participants[stage] ?? 0) > 0);
  if (stages.length === 0) return <p className="facts">{t('study.nobody')}</p>;
  return (
    <ul className="stages">
      {stages.map((stage) => (
        <li key={stage}>
          <StageBadge stage={stage} /> {frame('count.participants', { count: study.participants[stage] ?? 0 })}
        </li>
      ))}
      <li>{t('study.responses', { count: study.responses })}</li>
    </ul>
  );
}

function StudyCard({ study }: { readonly study: StudySummary }) {
  const { t } = useTranslation('home');
  const { t: frame } = useTranslation('frame');
  const openPreview = useResearcher((state) => state.openPreview);
  return (
    <li className="card">
      <h3>{study.title}</h3>
      <p className="description">{study.description}</p>
      <p className="facts">
        {frame('count.scenarios', { count: study.scenarios })} · {frame('count.queries', { count: study.queries })} ·{' '}
        {frame('version', { version: study.version })}
      </p>
      <Participants study={study} />
      <button type="button" className="preview-button" onClick={() => openPreview(study.versionId)}>
        {t('study.preview')}
      </button>
      <SeatForm versionId={study.versionId} />
    </li>
  );
}

export function StudyList() {
  const { t } = useTranslation('home');
  const studies = useResearcher((state) => state.studies);
  const loadStudies = useResearcher((state) => state.loadStudies);
  return (
    <section aria-labelledby="studies-title">
      <h2 id="studies-title">{t('studies')}</h2>
      <Loaded of={studies} what={t('studies.what')} onRetry={loadStudies}>
        {(list) =>
          list.length === 0 ? (
            <p className="state">
              <Trans t={t} i18nKey="studies.none" components={{ code: <code /> }} />
            </p>
          ) : (
            <ul className="cards">
              {list.map((study) => (
                <StudyCard key={study.versionId} study={study} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
