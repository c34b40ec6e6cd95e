/** The job that lets made-up people answer a frozen study, to try its design, its dashboards and its exports before real people come. */
import type { Profile } from '../../../engine/study/simulatedParticipant.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { simulateSession } from '../../jobs/simulateSession.ts';
import { studyPosteriors } from '../../jobs/studyPosteriors.ts';
import type { JobContext } from './jobContext.ts';

/** Taken in turn: most know what the programs know, some anchor, some do not read. */
const PROFILES: readonly Profile[] = ['noisy-posterior', 'anchored', 'noisy-posterior', 'careless'];
/** Standard error wanted of each program's means, in points. */
const PRECISION = 1;

/** Runs the study's programs, then the people. Stopped, whoever was in it stays as they are; gone on with, it begins a new session. */
export async function runSimulate(
  { handlers, pool }: JobContext,
  { versionId, participants, seed }: JobInput<'simulate'>,
  control: RunControl,
): Promise<string> {
  const offered = handlers();
  const study = await offered['studies.read']({ versionId }, { role: 'researcher' });
  const posteriors = await studyPosteriors(pool(), study, { precision: PRECISION, seed }, control);
  const plan = { versionId, posteriors, participants, seed, profiles: PROFILES };
  await simulateSession({ handlers: offered }, plan, control);
  return `${participants} SIMULATED participants answered ${study.title} (${PROFILES.join(', ')} in turn, seed ${seed})`;
}
