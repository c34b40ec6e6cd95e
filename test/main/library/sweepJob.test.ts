/** Training over several learning rates through the host: a plan before, a run each, pinned answers by validation, provenance, and the adapter given away. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, type Host } from '../../../main/host.ts';
import { sweepRuns } from '../../../main/library/jobs/sweep.ts';
import type { Job, JobInput, JobRequest } from '../../../shared/job.ts';
import { EVERY_SCENARIO } from '../../../shared/library.ts';
import { trainConfigSchema } from '../../../shared/training.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const RESEARCHER = { role: 'researcher' } as const;
const root = mkdtempSync(join(FAST_PLACE, 'sweep-'));
const workspace = join(root, 'lab');
const config = trainConfigSchema.parse({ steps: 2, batch: 1, epochBatches: 1, threads: 1 });
const input: JobInput<'train'> = {
  name: 'rates',
  transformer: 'bundled',
  dataset: 'small',
  config,
  sweep: { rates: [1e-3, 1.5e-4], seeds: [1] },
};
let host: Host;

/** Starts a job and gives it once it has ended. */
async function run(request: JobRequest): Promise<Job | undefined> {
  const { jobId } = await host.handlers['jobs.start'](request, RESEARCHER);
  for (;;) {
    const job = (await host.handlers['jobs.list']({}, RESEARCHER)).find((other) => other.jobId === jobId);
    if (job?.state !== 'queued' && job?.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  host = await createHost({ workspace, mode: 'headless', studies: join(root, 'none') });
  const cells = { cells: '0,0,0;1,1,0;3,0,1', teamSizes: [2] };
  await run({ kind: 'generate', input: { domain: 'sports', style: 'structured', count: 9, seed: 3, ...cells } });
  const built = await run({
    kind: 'dataset',
    input: {
      name: 'small',
      scenarios: { filter: EVERY_SCENARIO },
      precision: 5,
      seed: 1,
      holdOutCells: '1,1,0',
      target: 'distribution',
      source: 'posterior',
    },
  });
  expect(built).toMatchObject({ state: 'done', problem: null });
}, 60_000);
afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

it('says before the start what a run needs, by part and for every choice', async () => {
  const asked = { transformer: 'bundled', dataset: 'small', config };
  const plan = await host.handlers['runs.plan'](asked, RESEARCHER);
  const { weights, widening, adapter, optimizer, activations, total } = plan;
  expect(weights + widening + adapter + optimizer + activations).toBeCloseTo(total, 0);
  expect(plan.choices).toHaveLength(6);
  expect(() => host.handlers['runs.plan']({ ...asked, dataset: 'none' }, RESEARCHER)).toThrow(
    'no finished dataset none',
  );
});

it('trains each learning rate, chooses by validation, and shows answers moving and where the adapter came from', async () => {
  const trained = await run({ kind: 'train', input });
  expect(trained).toMatchObject({
    state: 'done',
    outcome: expect.stringMatching(/^best of 2: rates-lr1(e-3|p5e-4); 2 steps/),
  });
  const runs = await host.handlers['runs.list']({}, RESEARCHER);
  const origin = { transformer: 'bundled', dataset: 'small', sweep: 'rates' };
  expect(runs).toMatchObject([
    { name: 'rates-lr1e-3', origin, config: { learningRate: 1e-3 }, steps: 2 },
    { name: 'rates-lr1p5e-4', origin, config: { learningRate: 1.5e-4 }, steps: 2 },
  ]);
  const best = runs.toSorted((a, b) => (a.best?.mae ?? 0) - (b.best?.mae ?? 0))[0];
  expect(trained?.outcome).toContain(best.name);

  const shown = await host.handlers['runs.predictions']({ name: best.name, after: -1 }, RESEARCHER);
  expect(shown.answers.map(({ step }) => step)).toEqual([0, 1, 2]);
  for (const { answers } of shown.answers) {
    expect(answers).toHaveLength(shown.pinned.length);
    for (const { bins } of answers) expect(bins.reduce((sum, share) => sum + share)).toBeCloseTo(1, 2);
  }
  expect(shown.answers[2].answers, 'training has moved the answers').not.toEqual(shown.answers[0].answers);
  const later = await host.handlers['runs.predictions']({ name: best.name, after: 1 }, RESEARCHER);
  expect(later.answers).toEqual(shown.answers.slice(2));
  const provenance = await host.handlers['runs.adapter']({ name: best.name }, RESEARCHER);
  expect(provenance).toMatchObject({
    step: best.best?.step,
    backend: { name: 'cpu', threads: 1 },
    config: { steps: 2 },
  });
  expect(() => host.handlers['runs.adapter']({ name: 'none' }, RESEARCHER)).toThrow('run none has no adapter yet');
});

it('gives the adapter away as it is and merged, and not twice under one name', async () => {
  const adapter = (name: string, form: 'peft' | 'merged'): JobRequest => ({
    kind: 'adapter',
    input: { name, run: 'rates-lr1e-3', form },
  });
  expect(await run(adapter('as-peft', 'peft'))).toMatchObject({ state: 'done', problem: null });
  expect(readdirSync(join(workspace, 'exports', 'as-peft')).sort()).toEqual([
    'adapter_config.json',
    'adapter_model.safetensors',
    'credence.json',
  ]);
  expect(await run(adapter('merged', 'merged'))).toMatchObject({ state: 'done', problem: null });
  expect(existsSync(join(workspace, 'exports', 'merged', 'config.json'))).toBe(true);
  expect((await run(adapter('merged', 'merged')))?.problem).toContain('there is an export merged already');
  const missing: JobRequest = { kind: 'adapter', input: { name: 'other', run: 'nobody', form: 'peft' } };
  expect((await run(missing))?.problem).toContain('run nobody has no adapter yet');
});

it('names the runs of a sweep after what varies, and refuses a name that gets too long', () => {
  const names = (changes: Partial<JobInput<'train'>>): string[] =>
    sweepRuns({ ...input, ...changes }).map(({ name }) => name);
  expect(names({ sweep: undefined })).toEqual(['rates']);
  expect(names({ sweep: { rates: [1e-3, 1e-3], seeds: [1, 2] } })).toEqual(['rates-seed1', 'rates-seed2']);
  expect(names({ sweep: { rates: [1e-3, 5e-5], seeds: [4, 7] } })).toEqual([
    'rates-lr1e-3-seed4',
    'rates-lr5e-5-seed4',
    'rates-lr1e-3-seed7',
    'rates-lr5e-5-seed7',
  ]);
  expect(() => names({ name: 'a'.repeat(58) })).toThrow('cannot have this name');
});
