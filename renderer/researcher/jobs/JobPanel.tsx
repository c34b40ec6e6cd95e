/** The jobs of the workspace at the foot of the window: how far each is, and pause, go on, cancel. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job.ts';
import type { Progress } from '../../../shared/progress.ts';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';

/** The newest are listed. */
const SHOWN_JOBS = 20;
/** Kinds that continue where they were; others begin again. */
const GOES_ON: ReadonlySet<string> = new Set(['dataset', 'train', 'write', 'benchmark']);

/** `train: 12 of 40 steps`. */
function useProgressText(): (progress: Progress) => string {
  const { t } = useTranslation('jobs');
  return ({ stage, done, total, unit }) =>
    total === undefined ? t('sofar', { stage, done, unit }) : t('of', { stage, done, total, unit });
}

function Acts({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  const act = useResearcher((state) => state.actOnJob);
  const { jobId, state, title } = job;
  const isActive = state === 'queued' || state === 'running';
  const canGoOn = state === 'paused' || state === 'interrupted' || state === 'failed';
  return (
    <span className="acts">
      {state === 'running' && GOES_ON.has(job.request.kind) && (
        <button type="button" onClick={() => act('jobs.pause', jobId)} aria-label={t('pauseJob', { title })}>
          {t('pause')}
        </button>
      )}
      {canGoOn && (
        <button
          type="button"
          onClick={() => act('jobs.resume', jobId)}
          aria-label={t(state === 'failed' ? 'tryAgainJob' : 'goOnJob', { title })}
        >
          {state === 'failed' ? t('tryAgain') : t('goOn')}
        </button>
      )}
      {isActive || state === 'paused' || state === 'interrupted' ? (
        <button type="button" onClick={() => act('jobs.cancel', jobId)} aria-label={t('cancelJob', { title })}>
          {t('cancel')}
        </button>
      ) : (
        <button type="button" onClick={() => act('jobs.dismiss', jobId)} aria-label={t('dismissJob', { title })}>
          {t('dismiss')}
        </button>
      )}
    </span>
  );
}

/** One job: what it is, how far, and what can be done with it. */
export function JobRow({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  const progressText = useProgressText();
  const { decimal } = useWording();
  const live = useResearcher((state) => state.progress[job.jobId]);
  const progress = job.state === 'running' ? (live ?? job.progress) : job.progress;
  const isEnded = job.state === 'done' || job.state === 'cancelled';
  return (
    <li className={`job is-${job.state}`}>
      <span className="job-title">{job.title}</span>
      <span className="facts">
        {t(`state.${job.state}`)}
        {progress && !isEnded && ` · ${progressText(progress)}`}
        {progress?.figures?.dollars !== undefined && !isEnded && ` · $${decimal(progress.figures.dollars, 4)}`}
        {job.outcome && ` · ${job.outcome}`}
      </span>
      {progress && !isEnded && (
        <progress aria-label={job.title} value={progress.done} max={progress.total ?? undefined} />
      )}
      {job.problem && <span className="is-failed job-problem">{job.problem}</span>}
      <Acts job={job} />
    </li>
  );
}

/** What is at work, in one line. */
function Summary({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation('jobs');
  const progressText = useProgressText();
  const current = jobs.find(({ state }) => state === 'running');
  const live = useResearcher((state) => (current ? state.progress[current.jobId] : undefined));
  const waiting = jobs.filter(({ state }) => state === 'interrupted' || state === 'paused').length;
  const progress = live ?? current?.progress;
  return (
    <summary>
      <span className="jobs-title">{t('title')}</span>
      <span className="facts">
        {current ? `${current.title}${progress ? ` · ${progressText(progress)}` : ''}` : t('none')}
        {waiting > 0 && ` · ${t('canGoOn', { count: waiting })}`}
      </span>
      {current && progress && <progress aria-label={current.title} value={progress.done} max={progress.total} />}
    </summary>
  );
}

export function JobPanel() {
  const { t } = useTranslation('jobs');
  const jobs = useResearcher((state) => state.jobs);
  const problem = useResearcher((state) => state.jobProblem);
  if (jobs.status !== 'ready' || (jobs.value.length === 0 && problem === null)) return null;
  return (
    <section className="jobs" aria-label={t('title')}>
      {problem && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      <details>
        <Summary jobs={jobs.value} />
        <ul>
          {jobs.value.slice(0, SHOWN_JOBS).map((job) => (
            <JobRow key={job.jobId} job={job} />
          ))}
        </ul>
      </details>
    </section>
  );
}
