/** One training run: its curves, growing while it runs, its answers as they move, its job and its adapter. */
import { useTranslation } from 'react-i18next';
import { lossCurves } from '../../../engine/figures/lossCurves.ts';
import type { Job } from '../../../shared/job.ts';
import type { RunSummary } from '../../../shared/workspaceProcedures.ts';
import { useWording } from '../../components/wording.ts';
import { Figure } from '../../plots/Figure.tsx';
import { useWidth } from '../../plots/useWidth.ts';
import { useResearcher } from '../../state/store.ts';
import { JobRow } from '../jobs/JobPanel.tsx';
import { PinnedAnswers } from './PinnedAnswers.tsx';
import { Provenance } from './Provenance.tsx';
import { useRunLog } from './useRunLog.ts';
import { Validations } from './Validations.tsx';

const FIGURE_HEIGHT = 340;
/** The panel's own room at both sides of a figure. */
const PANEL_PX = 72;

/** The job that a run belongs to, if it is still on the list. */
function useJobOf({ name, origin }: RunSummary): Job | undefined {
  const jobs = useResearcher((state) => state.jobs);
  if (jobs.status !== 'ready') return undefined;
  const wanted = origin?.sweep ?? name;
  return jobs.value.find(({ request }) => request.kind === 'train' && request.input.name === wanted);
}

function Facts({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('training');
  const { decimal } = useWording();
  const { config, best, origin } = run;
  const { learningRate: rate, backend: device } = config;
  return (
    <>
      <p className="facts">{t('run.settings', { ...config, rate, device })}</p>
      {origin && (
        <p className="facts">
          {t('run.origin', origin)}
          {origin.sweep !== null && ` · ${t('run.sweep', { sweep: origin.sweep })}`}
        </p>
      )}
      <p className="facts">
        {best ? t('run.best', { mae: decimal(best.mae), step: best.step }) : t('run.noValidation')}
      </p>
    </>
  );
}

/** The job with its acts, and how fast it is while it runs. */
function RunJob({ job }: { readonly job: Job }) {
  const { t } = useTranslation('training');
  const { decimal } = useWording();
  const figures = useResearcher((state) => state.progress[job.jobId]?.figures);
  const { tokensPerSecond, queriesPerSecond } = figures ?? {};
  return (
    <div className="run-job">
      <ul>
        <JobRow job={job} />
      </ul>
      {job.state === 'running' && tokensPerSecond !== undefined && queriesPerSecond !== undefined && (
        <p className="facts">
          {t('run.speed', { tokens: Math.round(tokensPerSecond), queries: decimal(queriesPerSecond) })}
        </p>
      )}
    </div>
  );
}

export function RunView({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('training');
  const log = useRunLog(run.name);
  const job = useJobOf(run);
  const { ref, width } = useWidth();
  const { name, config } = run;
  const note = { text: t('run.figureNote', { name, seed: config.seed }), isSimulated: false };
  const size = { width: width - PANEL_PX, height: FIGURE_HEIGHT };
  return (
    <article className="panel" ref={ref}>
      <h1>{name}</h1>
      <Facts run={run} />
      {job && <RunJob job={job} />}
      {log && log.length > 0 && width > 0 ? (
        <>
          <Figure node={lossCurves([{ source: 'adapter', sourceId: name, label: name, log }], note, size)} />
          <Validations log={log} />
        </>
      ) : (
        <p className="state">{t('run.nothing')}</p>
      )}
      <PinnedAnswers name={name} />
      {run.hasAdapter && <Provenance run={run} />}
    </article>
  );
}
