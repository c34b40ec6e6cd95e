/** The job table: states, progress, lanes, and what a kill leaves. */
import { afterEach, expect, it } from 'vitest';
import { createJobTable, type JobTable, type RunJob } from '../../../main/library/jobTable.ts';
import { CancelledError, UserError } from '../../../shared/errors.ts';
import type { JobRequest } from '../../../shared/job.ts';
import { openTestLibrary, type TestLibrary } from './openTestLibrary.ts';

const generate: JobRequest = {
  kind: 'generate',
  input: { domain: 'sports', style: 'structured', count: 5, seed: 1 },
};
const evaluate: JobRequest = {
  kind: 'evaluate',
  input: { name: 'e', transformer: 'bundled', dataset: 'd', split: 'test', runs: [], backend: 'cpu', seed: 1 },
};
let opened: TestLibrary | undefined;
afterEach(() => opened?.close());

function openTable(run: RunJob, path?: string): JobTable {
  opened = openTestLibrary(path);
  return createJobTable({
    write: opened.write,
    run,
    describe: ({ kind }) => `A job: ${kind}`,
    now: () => '2026-01-02T03:04:05.000Z',
    onProgress: () => undefined,
    onChange: () => undefined,
  });
}

/** Work that lasts until it is stopped. */
const untilStopped: RunJob = (_request, _isResumed, { onProgress, signal }) =>
  new Promise((_, reject) => {
    onProgress?.({ stage: 'work', done: 3, total: 10, unit: 'steps' });
    signal?.addEventListener('abort', () => reject(new CancelledError('work')));
  });

it('runs a job and keeps its outcome', async () => {
  const table = openTable(async () => '5 scenarios');
  const { jobId } = table.start(generate);
  expect(await table.settled(jobId)).toMatchObject({
    state: 'done',
    outcome: '5 scenarios',
    title: 'A job: generate',
    endedAt: '2026-01-02T03:04:05.000Z',
  });
  table.dismiss(jobId);
  expect(table.list()).toEqual([]);
});

it('says why a job failed, with the hint, and lets it be tried again', async () => {
  let attempts = 0;
  const table = openTable(async () => {
    attempts++;
    if (attempts === 1) throw new UserError('the name is taken', { hint: 'choose another' });
    return 'done';
  });
  const { jobId } = table.start(generate);
  const failed = await table.settled(jobId);
  expect(failed.state).toBe('failed');
  expect(failed.problem).toContain('the name is taken');
  expect(failed.problem).toContain('choose another');
  table.resume(jobId);
  expect(await table.settled(jobId)).toMatchObject({ state: 'done', problem: null });
});

it('pauses, goes on knowing that it did, and cancels', async () => {
  const resumed: boolean[] = [];
  const table = openTable((request, isResumed, control) => {
    resumed.push(isResumed);
    return untilStopped(request, isResumed, control);
  });
  const { jobId } = table.start(generate);
  await Promise.resolve();
  table.pause(jobId);
  expect(await table.settled(jobId)).toMatchObject({
    state: 'paused',
    progress: { done: 3, total: 10 },
    endedAt: null,
  });
  table.resume(jobId);
  await Promise.resolve();
  expect(() => table.resume(jobId)).toThrow('only a paused, interrupted or failed job can go on');
  expect(() => table.dismiss(jobId)).toThrow('cancel it before');
  table.cancel(jobId);
  expect((await table.settled(jobId)).state).toBe('cancelled');
  expect(resumed).toEqual([false, true]);
});

it('cancels a job that waits and one that is paused', async () => {
  const table = openTable(untilStopped);
  const first = table.start(generate);
  const second = table.start(generate);
  await Promise.resolve();
  table.cancel(second.jobId);
  table.pause(first.jobId);
  expect((await table.settled(second.jobId)).state).toBe('cancelled');
  expect((await table.settled(first.jobId)).state).toBe('paused');
  expect(table.cancel(first.jobId).state).toBe('cancelled');
});

it('lets jobs of one lane wait for each other, and those of two run at once', async () => {
  const order: string[] = [];
  const table = openTable(async ({ kind }) => {
    order.push(`begin ${kind}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push(`end ${kind}`);
    return '';
  });
  const jobs = [table.start(generate), table.start(generate), table.start(evaluate)];
  for (const { jobId } of jobs) await table.settled(jobId);
  expect(order.slice(0, 2).sort()).toEqual(['begin evaluate', 'begin generate']);
  expect(order.filter((line) => line.endsWith('generate'))).toEqual([
    'begin generate',
    'end generate',
    'begin generate',
    'end generate',
  ]);
});

it('finds what ran when the application ended interrupted, with its progress, and goes on', async () => {
  const table = openTable(untilStopped);
  const { jobId } = table.start(generate);
  await Promise.resolve();
  await table.close();
  expect(table.list()).toMatchObject([{ state: 'interrupted' }]);
  const { path, close } = opened ?? openTestLibrary();
  close();
  const again = openTable(async (_request, isResumed) => (isResumed ? 'went on' : 'began anew'), path);
  expect(again.list()).toMatchObject([{ jobId, state: 'interrupted', progress: { done: 3 } }]);
  again.resume(jobId);
  expect(await again.settled(jobId)).toMatchObject({ state: 'done', outcome: 'went on' });
});

it('finds jobs of a killed application interrupted', async () => {
  const table = openTable(untilStopped);
  table.start(generate);
  await Promise.resolve();
  // Nothing is closed in order: the next table reads what a kill would have left.
  const { path, close } = opened ?? openTestLibrary();
  close();
  expect(openTable(untilStopped, path).list()).toMatchObject([{ state: 'interrupted' }]);
});

it('names a job that is not there', () => {
  expect(() => openTable(untilStopped).pause('none-1')).toThrow('no job none-1');
});
