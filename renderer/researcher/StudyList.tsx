/** The studies of the workspace, each with what it holds and who has answered. */
import type { StudySummary } from '../../shared/api.ts';
import type { Stage } from '../../shared/study.ts';
import { Loaded } from '../components/Loaded.tsx';
import { STAGE_LABELS, StageBadge } from '../components/StageBadge.tsx';
import { counted } from '../components/wording.ts';
import { useResearcher } from '../state/store.ts';
import { SeatForm } from './SeatForm.tsx';

const isStage = (name: string): name is Stage => name in STAGE_LABELS;
const STAGES = Object.keys(STAGE_LABELS).filter(isStage);

function Participants({ study }: { readonly study: StudySummary }) {
  const stages = STAGES.filter((stage) => (study.participants[stage] ?? 0) > 0);
  if (stages.length === 0) return <p className="facts">No participants yet</p>;
  return (
    <ul className="stages">
      {stages.map((stage) => (
        <li key={stage}>
          <StageBadge stage={stage} /> {counted(study.participants[stage] ?? 0, 'participant')}
        </li>
      ))}
      <li>{counted(study.responses, 'response')}</li>
    </ul>
  );
}

function StudyCard({ study }: { readonly study: StudySummary }) {
  const openPreview = useResearcher((state) => state.openPreview);
  return (
    <li className="card">
      <h3>{study.title}</h3>
      <p className="description">{study.description}</p>
      <p className="facts">
        {counted(study.scenarios, 'scenario')} · {counted(study.queries, 'query', 'queries')} · version {study.version}
      </p>
      <Participants study={study} />
      <button type="button" className="preview-button" onClick={() => openPreview(study.versionId)}>
        Preview
      </button>
      <SeatForm versionId={study.versionId} />
    </li>
  );
}

export function StudyList() {
  const studies = useResearcher((state) => state.studies);
  const loadStudies = useResearcher((state) => state.loadStudies);
  return (
    <section aria-labelledby="studies-title">
      <h2 id="studies-title">Studies</h2>
      <Loaded of={studies} what="studies" onRetry={loadStudies}>
        {(list) =>
          list.length === 0 ? (
            <p className="state">
              No studies in this workspace yet. <code>credence demo</code> makes one with everything in it.
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
