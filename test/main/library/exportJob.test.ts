/** The job that exports a session: it writes below the workspace, says what it wrote, and refuses a session that is not there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, JobRequest } from '../../../shared/job.ts';
import { type Lab, openLab, researcher } from '../store/openLab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab(2, 3);
});
afterAll(() => lab.remove());

const request = (sessionId: string, name: string): JobRequest => ({
  kind: 'export',
  input: { name, sessionId, format: 'csv', dialect: 'excel', extras: ['times'] },
});

/** Starts the job and waits for its end. */
async function finish(asked: JobRequest): Promise<Job> {
  const { jobId } = await lab.host.handlers['jobs.start'](asked, researcher);
  for (;;) {
    const job = (await lab.host.handlers['jobs.list']({}, researcher)).find((known) => known.jobId === jobId);
    if (job && !['queued', 'running'].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('an export job', () => {
  it('writes a folder below the workspace and says what it holds', async () => {
    const job = await finish(request(lab.sessionId, 'first'));
    const out = join(lab.paths.exports, 'first');
    expect(job).toMatchObject({
      state: 'done',
      title: 'Export first',
      outcome: `6 answers of 2 SIMULATED participants in ${out}`,
    });
    expect(JSON.parse(readFileSync(join(out, 'export.json'), 'utf8'))).toMatchObject({
      dialect: 'excel',
      extras: ['times'],
      responses: 6,
    });
  });

  it('fails with the reason where there is no such session, and leaves nothing', async () => {
    const job = await finish(request('nobody', 'second'));
    expect(job).toMatchObject({ state: 'failed', problem: expect.stringContaining('no session nobody') });
    expect(existsSync(join(lab.paths.exports, 'second'))).toBe(false);
  });
});
