/** The jobs that compare a session with sources and run benchmark files, through the host's own procedures, over real processes and files. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../../../main/exchange/renderPictures.ts';
import { createHost, type Host } from '../../../main/host.ts';
import type { Job, JobInput, JobRequest } from '../../../shared/job.ts';
import { comparedWorkspace } from '../../comparedWorkspace.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const RESEARCHER = { role: 'researcher' } as const;
let root: string;
let host: Host;
let sessionId: string;

beforeAll(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'comparison-'));
  const workspace = join(root, 'lab');
  ({ sessionId } = await comparedWorkspace(workspace));
  host = await createHost({ workspace, mode: 'headless' });
}, 60_000);
afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

async function run(request: JobRequest): Promise<Job> {
  const { jobId } = await host.handlers['jobs.start'](request, RESEARCHER);
  for (;;) {
    const job = (await host.handlers['jobs.list']({}, RESEARCHER)).find((other) => other.jobId === jobId);
    if (job && job.state !== 'queued' && job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const compare = (more: Partial<JobInput<'compare'>>): JobRequest => ({
  kind: 'compare',
  input: {
    name: 'first',
    sessionId,
    hasPrograms: true,
    transformer: 'bundled',
    runs: [],
    isPooled: false,
    files: [],
    training: null,
    precision: 3,
    settings: { aggregation: 'person-means', unit: 'participants', replicates: 100, splits: 10, seed: 1 },
    ...more,
  },
});

it('compares people with programs, priors, a base and its turned contests, a file and a floor, and keeps the figures', async () => {
  const lines = (
    await host.handlers['studies.read'](
      { versionId: (await host.handlers['sessions.list']({}, RESEARCHER))[0].versionId },
      RESEARCHER,
    )
  ).scenarios.flatMap(({ id, queries }) =>
    queries.flatMap((query) =>
      ['<40>', '<60>', 'I cannot say'].map((text) =>
        JSON.stringify({ scenarioId: id, queryId: query.id, source: 'external', sourceId: 'big', text }),
      ),
    ),
  );
  const added = await host.handlers['answers.add']({ name: 'big.jsonl', text: lines.join('\n') }, RESEARCHER);
  expect(added.sources).toEqual(['external big']);
  expect(await run(compare({ files: ['big.jsonl'] }))).toMatchObject({ state: 'done', problem: null });
  const kept = await host.handlers['comparisons.read']({ name: 'first' }, RESEARCHER);
  const sources = kept.result.sources.map(({ source }) => source);
  for (const source of ['posterior', 'prior', 'base', 'external', 'floor']) expect(sources).toContain(source);
  expect(kept.note).toContain('Erasing a participant later does not change it');
  expect(kept.result.stage).toBe('simulated');
  expect(kept.result.replies['external big']).toMatchObject({ asked: lines.length, unparsed: lines.length / 3 });
  expect(kept.result.facets.map(({ facet }) => facet)).toContain('kind');
  const folder = join(root, 'lab', 'comparisons', 'first');
  expect(existsSync(join(folder, 'scatter.svg')) && existsSync(join(folder, 'error.csv'))).toBe(true);
  expect(readFileSync(join(folder, 'scatter.svg'), 'utf8')).toContain('SIMULATED PARTICIPANTS');
  const { scenarioId } = kept.result.items[0];
  const opened = await host.handlers['comparisons.scenario']({ name: 'first', scenarioId }, RESEARCHER);
  expect(opened.histograms.rows[0].source).toBe('people');
}, 120_000);

it('hands over a figure as a PDF, of all queries or of one facet, or says that a Chromium is missing', async () => {
  const ask = (figure: string, value?: string) =>
    Promise.resolve().then(() =>
      host.handlers['comparisons.pdf'](
        { name: 'first', figure, ...(value === undefined ? {} : { part: { facet: 'kind', value } as const }) },
        RESEARCHER,
      ),
    );
  await expect(ask('nothing')).rejects.toThrow('comparison first: no figure nothing');
  await expect(ask('scatter', 'guess')).rejects.toThrow('comparison first: no part kind guess');
  if (findBrowser() === undefined) return await expect(ask('scatter')).rejects.toThrow('need a Chromium');
  for (const value of [undefined, 'rank'])
    expect(Buffer.from((await ask('scatter', value)).pdf, 'base64').toString('latin1')).toMatch(/^%PDF-/);
}, 60_000);

it('refuses a taken name, no source, an unknown file, and answers that leave queries open, saying what to do', async () => {
  const alone = { hasPrograms: false, transformer: null } as const;
  expect(await run(compare({}))).toMatchObject({ state: 'failed', problem: expect.stringContaining('already') });
  expect(await run(compare({ name: 'none', ...alone }))).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('nothing to compare people with'),
  });
  const text = JSON.stringify({ scenarioId: 'x', queryId: 'y', source: 'external', sourceId: 'z', mean: 4 });
  await host.handlers['answers.add']({ name: 'other.jsonl', text }, RESEARCHER);
  expect(await run(compare({ name: 'open', ...alone, files: ['other.jsonl'] }))).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('external z: no answer to query'),
  });
  expect(() => host.handlers['answers.add']({ name: 'bad.jsonl', text: '{"mean": 4}' }, RESEARCHER)).toThrow(
    'bad.jsonl',
  );
  expect(() => host.handlers['answers.add']({ name: 'other.jsonl', text }, RESEARCHER)).toThrow('already');
  expect(() => host.handlers['comparisons.read']({ name: 'gone' }, RESEARCHER)).toThrow('no comparison gone');
});

it('asks a benchmark’s file of the workspace and lists the result with its floors', async () => {
  const { folder } = await host.handlers['benchmarks.files']({}, RESEARCHER);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(import.meta.dirname, '../../fixtures/benchmarks/mmlu.parquet'), join(folder, 'mmlu.parquet'));
  const input: JobInput<'benchmark'> = {
    name: 'tiny',
    benchmark: 'mmlu',
    files: ['mmlu.parquet'],
    fitFiles: [],
    transformer: 'bundled',
    run: null,
    isGuided: false,
    isVerbalized: false,
    seed: 1,
    backend: 'cpu',
  };
  expect(await run({ kind: 'benchmark', input })).toMatchObject({ state: 'done', problem: null });
  const [{ name, result }] = await host.handlers['benchmarks.list']({}, RESEARCHER);
  expect(name).toBe('tiny');
  expect(result?.rows.map(({ role }) => role)).toEqual(expect.arrayContaining(['answers', 'floor']));
  expect(await run({ kind: 'benchmark', input: { ...input, name: 'gone', files: ['no.jsonl'] } })).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('there is no benchmark file no.jsonl'),
  });
}, 60_000);
