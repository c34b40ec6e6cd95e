/** Quality of a session: simulated participants through the job, flags on who does not read, exclusions that can be taken back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toExportedParticipant } from '../../../main/exchange/export/exportSource.ts';
import { createHost, type Host } from '../../../main/host.ts';
import { withoutExcluded } from '../../../main/library/exclusions.ts';
import type { Job } from '../../../shared/job.ts';
import { someScenarios } from '../library/openTestLibrary.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const researcher = { role: 'researcher' } as const;
let root: string;
let host: Host;
let sessionId: string;
let job: Job;

beforeAll(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'quality-'));
  host = await createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });
  const scenarios = someScenarios(3);
  const { handlers } = host;
  await handlers['library.import']({ text: scenarios.map((one) => JSON.stringify(one)).join('\n') }, researcher);
  const origin = { scenarioIds: scenarios.map(({ id }) => id), title: 'Three stories', locale: 'en' } as const;
  const { draftId } = await handlers['drafts.create'](origin, researcher);
  const { versionId } = await handlers['drafts.freeze']({ draftId, version: '1.0.0' }, researcher);
  const input = { versionId, title: 'Three stories', participants: 4, seed: 5 };
  const { jobId } = await handlers['jobs.start']({ kind: 'simulate', input }, researcher);
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
    job = (await handlers['jobs.list']({}, researcher)).find((one) => one.jobId === jobId) ?? job;
  } while (!['done', 'failed'].includes(job?.state));
  [{ sessionId }] = await handlers['sessions.list']({}, researcher);
}, 60_000);
afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

const quality = () => host.handlers['sessions.quality']({ sessionId }, researcher);

describe('the simulation job', () => {
  it('lets people answer a study made from scenarios, from check-in to the end', async () => {
    expect(job).toMatchObject({ state: 'done', title: 'Simulate 4 participants of Three stories', problem: null });
    expect(job.outcome).toContain('4 SIMULATED participants answered Three stories');
    const asked = someScenarios(3).reduce((sum, { queries }) => sum + queries.length, 0);
    const attentive = { state: 'completed', judgments: asked, flags: [] };
    const careless = { state: 'failed-comprehension', judgments: 0, flags: [{ rule: 'unfinished' }] };
    expect(await quality()).toMatchObject([attentive, attentive, attentive, careless]);
    const [session] = await host.handlers['sessions.list']({}, researcher);
    expect(session).toMatchObject({ stage: 'simulated', participants: 4 });
  });
});

describe('an exclusion', () => {
  it('names its reason, deletes nothing and can be taken back', async () => {
    const [first, second] = await quality();
    const { participantId } = second;
    const excluded = await host.handlers['sessions.exclude'](
      { sessionId, participantId, reason: 'did not read' },
      researcher,
    );
    expect(excluded.map(({ exclusion }) => exclusion?.reason ?? null)).toEqual([null, 'did not read', null, null]);
    expect(excluded[1].judgments).toBe(first.judgments);
    expect(() => host.handlers['sessions.exclude']({ sessionId, participantId, reason: 'again' }, researcher)).toThrow(
      'the participant is excluded already: did not read',
    );
    const included = await host.handlers['sessions.include']({ sessionId, participantId }, researcher);
    expect(included.every(({ exclusion }) => exclusion === null)).toBe(true);
    expect(() => host.handlers['sessions.include']({ sessionId, participantId }, researcher)).toThrow(
      'the participant is not excluded',
    );
  });

  it('leaves its participant out of what analyses read, and nobody else', () => {
    const person = (participantId: string) => toExportedParticipant({ participantId, label: '' }, [], []);
    const source = { participants: () => ['a', 'b', 'c'].map(person) };
    const read = withoutExcluded(source, new Map([['b', { reason: 'late', at: '' }]]));
    expect([...read.participants()]).toEqual([person('a'), person('c')]);
  });

  it('is refused for a stranger', () =>
    expect(() =>
      host.handlers['sessions.exclude']({ sessionId, participantId: 'nobody', reason: 'x' }, researcher),
    ).toThrow(`session ${sessionId} has no participant nobody`));
});
