/** The jobs of the workspace at the foot of the window: how far each is, and pause, go on, cancel. */
import type { Job } from '../../../shared/job.ts';
import type { Progress } from '../../../shared/progress.ts';
import { useResearcher } from '../../state/store.ts';

const STATE_TEXTS: Readonly<Record<Job['state'], string>> = {
  queued: 'waiting',
  running: 'running',
  paused: 'paused',
  interrupted: 'interrupted when Credence ended',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};
/** The newest are listed. */
const SHOWN_JOBS = 20;
/** Kinds that continue where they were; others begin again. */
const GOES_ON: ReadonlySet<string> = new Set(['dataset', 'train', 'benchmark']);

const progressText = ({ stage, done, total, unit }: Progress): string =>
  `${stage}: ${done.toLocaleString('en')}${total === undefined ? '' : ` of ${total.toLocaleString('en')}`} ${unit}`;

function Acts({ job }: { readonly job: Job }) {
  const act = useResearcher((state) => state.actOnJob);
  const { jobId, state, title } = job;
  const isActive = state === 'queued' || state === 'running';
  const canGoOn = state === 'paused' || state === 'interrupted' || state === 'failed';
  return (
    <span className="acts">
      {state === 'running' && GOES_ON.has(job.request.kind) && (
        <button type="button" onClick={() => act('jobs.pause', jobId)} aria-label={`Pause: ${title}`}>
          Pause
        </button>
      )}
      {canGoOn && (
        <button type="button" onClick={() => act('jobs.resume', jobId)} aria-label={`Go on: ${title}`}>
          {state === 'failed' ? 'Try again' : 'Go on'}
        </button>
      )}
      {isActive || state === 'paused' || state === 'interrupted' ? (
        <button type="button" onClick={() => act('jobs.cancel', jobId)} aria-label={`Cancel: ${title}`}>
          Cancel
        </button>
      ) : (
        <button type="button" onClick={() => act('jobs.dismiss', jobId)} aria-label={`Take off the list: ${title}`}>
          Dismiss
        </button>
      )}
    </span>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const live = useResearcher((state) => state.progress[job.jobId]);
  const progress = job.state === 'running' ? (live ?? job.progress) : job.progress;
  const isEnded = job.state === 'done' || job.state === 'cancelled';
  return (
    <li className={`job is-${job.state}`}>
      <span className="job-title">{job.title}</span>
      <span className="facts">
        {STATE_TEXTS[job.state]}
        {progress && !isEnded && ` · ${progressText(progress)}`}
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
  const current = jobs.find(({ state }) => state === 'running');
  const live = useResearcher((state) => (current ? state.progress[current.jobId] : undefined));
  const waiting = jobs.filter(({ state }) => state === 'interrupted' || state === 'paused').length;
  const progress = live ?? current?.progress;
  return (
    <summary>
      <span className="jobs-title">Jobs</span>
      <span className="facts">
        {current ? `${current.title}${progress ? ` · ${progressText(progress)}` : ''}` : 'none running'}
        {waiting > 0 && ` · ${waiting} can go on`}
      </span>
      {current && progress && <progress aria-label={current.title} value={progress.done} max={progress.total} />}
    </summary>
  );
}

export function JobPanel() {
  const jobs = useResearcher((state) => state.jobs);
  const problem = useResearcher((state) => state.jobProblem);
  if (jobs.status !== 'ready' || (jobs.value.length === 0 && problem === null)) return null;
  return (
    <section className="jobs" aria-label="Jobs">
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
