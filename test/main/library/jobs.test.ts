/** The jobs of the library through the host's own procedures: generate, run, build, train, evaluate, each over real processes and files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '../../../main/host.ts';
import type { Job, JobRequest } from '../../../shared/job.ts';
import { EVERY_SCENARIO } from '../../../shared/library.ts';
import { trainConfigSchema } from '../../../shared/training.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const RESEARCHER = { role: 'researcher' } as const;
const ALL = { filter: EVERY_SCENARIO, offset: 0, limit: 100 };
let root: string;
let host: Host;

const open = (): Promise<Host> =>
  createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });

beforeEach(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'jobs-'));
  host = await open();
});
afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

const find = async (jobId: string): Promise<Job> => {
  const job = (await host.handlers['jobs.list']({}, RESEARCHER)).find((other) => other.jobId === jobId);
  if (!job) throw new Error(`job ${jobId} is gone`);
  return job;
};

/** Starts a job and gives it once it has ended. */
async function run(request: JobRequest): Promise<Job> {
  const { jobId } = await host.handlers['jobs.start'](request, RESEARCHER);
  for (;;) {
    const job = await find(jobId);
    if (job.state !== 'queued' && job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const generate = (count: number): JobRequest => ({
  kind: 'generate',
  input: { domain: 'sports', style: 'structured', count, seed: 3, cells: '0,0,0;1,1,0;2,1,0;3,0,1', teamSizes: [2] },
});
const dataset: JobRequest = {
  kind: 'dataset',
  input: {
    name: 'small',
    scenarios: { filter: EVERY_SCENARIO },
    precision: 5,
    seed: 1,
    holdOutCells: '1,1,0;2,1,0',
    target: 'distribution',
    source: 'posterior',
  },
};

it('goes from nothing to an evaluated adapter', async () => {
  expect(await run(generate(12))).toMatchObject({ state: 'done', outcome: '12 scenarios' });
  const programs = await run({ kind: 'run', input: { scenarios: { filter: EVERY_SCENARIO }, precision: 5, seed: 1 } });
  expect(programs).toMatchObject({ state: 'done', outcome: '12 valid, 0 refused', progress: { done: 12 } });
  const { entries } = await host.handlers['library.scenarios'](ALL, RESEARCHER);
  expect(entries.every(({ verdict }) => verdict === 'valid')).toBe(true);
  const { scenario, posterior } = await host.handlers['library.read']({ id: entries[0].id }, RESEARCHER);
  expect(Object.keys(posterior?.queries ?? {}).sort()).toEqual(scenario.queries.map(({ id }) => String(id)).sort());

  expect(await run(dataset)).toMatchObject({
    state: 'done',
    outcome: expect.stringContaining('12 scenarios labelled'),
  });
  const [built] = await host.handlers['datasets.list']({}, RESEARCHER);
  expect(built).toMatchObject({ name: 'small', manifest: { scenarios: { labelled: 12, rejected: 0 } } });
  const page = { name: 'small', split: 'train' as const, offset: 1, limit: 2 };
  const records = await host.handlers['datasets.records'](page, RESEARCHER);
  expect(records).toHaveLength(2);

  const config = trainConfigSchema.parse({ steps: 2, batch: 1, epochBatches: 1, learningRate: 1e-3, threads: 1 });
  const training = { name: 'first', transformer: 'bundled', dataset: 'small', config };
  expect(await run({ kind: 'train', input: training })).toMatchObject({ state: 'done', problem: null });
  expect(await host.handlers['runs.list']({}, RESEARCHER)).toMatchObject([
    { name: 'first', steps: 2, hasAdapter: true },
  ]);
  const log = await host.handlers['runs.log']({ name: 'first', after: 0 }, RESEARCHER);
  expect(log.lines.filter(({ event }) => event === 'step').map(({ step }) => step)).toEqual([1, 2]);
  expect(await host.handlers['runs.log']({ name: 'first', after: log.next }, RESEARCHER)).toMatchObject({ lines: [] });

  const asked = { transformer: 'bundled', dataset: 'small', split: 'test', backend: 'cpu', seed: 1 } as const;
  const evaluated = await run({ kind: 'evaluate', input: { name: 'e1', runs: ['first'], ...asked } });
  expect(evaluated).toMatchObject({ state: 'done', problem: null });
  const evaluation = await host.handlers['evaluations.read']({ name: 'e1' }, RESEARCHER);
  expect(evaluation.rows.map(({ source }) => source)).toEqual(['base', 'base', 'adapter', 'floor', 'floor', 'prior']);
  const again = await run({ kind: 'evaluate', input: { name: 'e1', runs: [], ...asked } });
  expect(again.problem).toContain('there is an evaluation e1 already');
});

it('keeps a dataset build over the end of the application and goes on', async () => {
  await run(generate(40));
  // Long enough that it is still at work when the application ends.
  const long: JobRequest = { ...dataset, input: { ...dataset.input, precision: 1 } };
  const { jobId } = await host.handlers['jobs.start'](long, RESEARCHER);
  while (((await find(jobId)).progress?.done ?? 0) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await host.close();
  host = await open();
  expect(await find(jobId)).toMatchObject({ state: 'interrupted', title: 'Build dataset small' });
  await host.handlers['jobs.resume']({ jobId }, RESEARCHER);
  while ((await find(jobId)).state !== 'done') await new Promise((resolve) => setTimeout(resolve, 20));
  const [built] = await host.handlers['datasets.list']({}, RESEARCHER);
  expect(built.manifest?.scenarios.labelled).toBe(40);
});

it('says what is missing', async () => {
  expect((await run(dataset)).problem).toContain('no scenario of the library matches the filter');
  const config = trainConfigSchema.parse({ steps: 1 });
  const train = (transformer: string): JobRequest => ({
    kind: 'train',
    input: { name: 'r', transformer, dataset: 'none', config },
  });
  expect((await run(train('bundled'))).problem).toContain('there is no finished dataset none');
  expect((await run(train('../elsewhere'))).problem).toContain('there is no transformer ../elsewhere');
  const importing = host.handlers['library.import'];
  expect(() => importing({ text: '{"id": 1}' }, RESEARCHER)).toThrow(/text\.jsonl:1/);
  expect(() => host.handlers['evaluations.read']({ name: 'none' }, RESEARCHER)).toThrow('no evaluation none');
});

it('marks a program that cannot become a label as refused, with the reason', async () => {
  await run(generate(1));
  const { entries } = await host.handlers['library.scenarios'](ALL, RESEARCHER);
  const { scenario } = await host.handlers['library.read']({ id: entries[0].id }, RESEARCHER);
  const broken = { ...scenario, program: 'var model = function () { return {q1: nobody}; };' };
  await host.handlers['library.save']({ scenario: broken }, RESEARCHER);
  const job = await run({ kind: 'run', input: { scenarios: { ids: [scenario.id] }, precision: 5, seed: 1 } });
  expect(job.outcome).toBe('0 valid, 1 refused');
  const { entry } = await host.handlers['library.read']({ id: scenario.id }, RESEARCHER);
  expect(entry).toMatchObject({ verdict: 'refused', reason: expect.stringContaining('nobody') });
  expect(await host.handlers['library.undo']({}, RESEARCHER)).toMatchObject({ redo: `Edit ${scenario.id}` });
});
