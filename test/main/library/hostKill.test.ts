/** The application killed without warning in the middle of its work: what was under way says so at the next start and goes on where it was. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { createHost, type Host } from '../../../main/host.ts';
import type { Job } from '../../../shared/job.ts';
import type { Progress } from '../../../shared/progress.ts';
import { answer } from '../smallStudy.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const RESEARCHER = { role: 'researcher' } as const;
const STEPS = 60;
const EPOCH = 10;
const root = mkdtempSync(join(FAST_PLACE, 'host-kill-'));
let host: Host | undefined;
afterEach(async () => {
  await host?.close();
  rmSync(root, { recursive: true, force: true });
});

const underWaySchema = z.strictObject({ training: z.string(), dataset: z.string(), participantId: z.string() });

/** Lets another process get everything under way in `workspace`, and kills it. */
async function workAndKill(workspace: string): Promise<z.infer<typeof underWaySchema>> {
  const child = fork(join(import.meta.dirname, 'hostProcess.ts'), [workspace], { execArgv: [] });
  const exited = once(child, 'exit');
  const [message] = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) =>
      Promise.reject(new Error(`the process ended with ${code} before everything was under way`)),
    ),
  ]);
  child.kill('SIGKILL');
  await exited;
  return underWaySchema.parse(message);
}

const find = async (opened: Host, jobId: string): Promise<Job | undefined> =>
  (await opened.handlers['jobs.list']({}, RESEARCHER)).find((job) => job.jobId === jobId);

/** Lets a job go on and gives its end. */
async function goOn(opened: Host, jobId: string): Promise<Job | undefined> {
  await opened.handlers['jobs.resume']({ jobId }, RESEARCHER);
  for (;;) {
    const job = await find(opened, jobId);
    if (job?.state !== 'queued' && job?.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The participant answers what is left; gives what the store holds of them. */
async function finish(opened: Host, participantId: string): Promise<number[]> {
  const participant = { role: 'participant', participantId } as const;
  const place = await opened.handlers['participant.screen']({}, participant);
  expect(place).toMatchObject({ nextClientSeq: 3, screen: { kind: 'questions', trialIndex: 2 } });
  const last = answer(3, { trialIndex: 2, scenarioId: 'lake-b', queryId: 'next' });
  await opened.handlers['participant.advance']({ trialIndex: 2, responses: [last] }, participant);
  expect(await opened.handlers['participant.screen']({}, participant)).toMatchObject({ screen: { kind: 'end' } });
  const [{ sessionId }] = await opened.handlers['sessions.list']({}, RESEARCHER);
  return [...opened.readResponses(sessionId)].map(({ clientSeq }) => clientSeq);
}

it('a killed application finds training, dataset build and session where they were, says so, and finishes them', async () => {
  const workspace = join(root, 'lab');
  const { training, dataset, participantId } = await workAndKill(workspace);
  host = await createHost({ workspace, mode: 'headless', studies: join(root, 'none') });
  const seen = new Map<string, Progress[]>();
  host.subscribe('jobs.progress', ({ jobId, progress }) => seen.set(jobId, [...(seen.get(jobId) ?? []), progress]));

  const interrupted = { state: 'interrupted', problem: null };
  expect(await find(host, training)).toMatchObject({
    ...interrupted,
    title: 'Train killed',
    progress: { unit: 'steps' },
  });
  expect(await find(host, dataset)).toMatchObject({ ...interrupted, title: 'Build dataset cut-off' });
  expect(await finish(host, participantId)).toEqual([0, 1, 2, 3]);

  const ends = await Promise.all([goOn(host, training), goOn(host, dataset)]);
  expect(ends).toMatchObject([
    { state: 'done', outcome: expect.stringContaining(`${STEPS} steps`) },
    { state: 'done', outcome: expect.stringContaining('24 scenarios labelled') },
  ]);
  const firstStep = seen.get(training)?.find(({ unit }) => unit === 'steps')?.done;
  expect(firstStep, 'it goes on behind its last checkpoint').toBeGreaterThan(EPOCH);
  const { lines } = await host.handlers['runs.log']({ name: 'killed', after: 0 }, RESEARCHER);
  const steps = lines.flatMap((line) => (line.event === 'step' ? [line.step] : []));
  expect(steps, 'no step is missing or done twice').toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
  expect(await host.check()).toEqual([]);
}, 120_000);
