/** A workspace in which simulated people have answered the bundled study, to be compared with other sources. */
import { createHost } from '../main/host.ts';
import { simulateSession } from '../main/jobs/simulateSession.ts';
import { studyPosteriors } from '../main/jobs/studyPosteriors.ts';
import { createInferencePool } from '../main/processes/inferencePool.ts';

const researcher = { role: 'researcher' } as const;

/** Makes the workspace in the folder `workspace`: twelve people who think with the programs' posteriors. */
export async function comparedWorkspace(workspace: string): Promise<{ readonly sessionId: string }> {
  const host = await createHost({ workspace, mode: 'headless' });
  const pool = createInferencePool({ workers: 2 });
  try {
    const studies = await host.handlers['studies.list']({}, researcher);
    const { versionId } = studies.find(({ slug }) => slug === 'field-day') ?? studies[0];
    const study = await host.handlers['studies.read']({ versionId }, researcher);
    const posteriors = await studyPosteriors(pool, study, { precision: 3, seed: 1 });
    const plan = {
      versionId,
      posteriors,
      participants: 12,
      seed: 1,
      profiles: ['noisy-posterior', 'anchored'] as const,
    };
    const { sessionId } = await simulateSession(host, plan, {});
    return { sessionId };
  } finally {
    await pool.stop();
    await host.close();
  }
}
