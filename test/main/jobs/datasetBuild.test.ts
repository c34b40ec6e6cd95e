/** Dataset build: real programs through the real pool; the same bytes however the build was interrupted or cut into parts. */
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { renderPrompt } from '../../../engine/scenario/prompt.ts';
import { DEFAULT_HOLD_OUT } from '../../../engine/training/split.ts';
import { buildDataset, type DatasetBuildOptions } from '../../../main/jobs/datasetBuild.ts';
import { mergeDatasets } from '../../../main/jobs/datasetMerge.ts';
import { writeScenarios } from '../../../main/jobs/scenarioFiles.ts';
import { shardRange } from '../../../main/jobs/shards.ts';
import { createInferencePool, type InferencePool } from '../../../main/processes/inferencePool.ts';
import { resource } from '../../../main/resources.ts';
import { datasetManifestSchema } from '../../../shared/dataset.ts';
import { CancelledError } from '../../../shared/errors.ts';
import { scenarioIdSchema } from '../../../shared/identifiers.ts';
import type { Progress } from '../../../shared/progress.ts';
import { motifCell, type Scenario } from '../../../shared/scenario.ts';
import { type DatasetRecord, datasetRecordSchema } from '../../../shared/training.ts';

// One-on-one and pairs: the quickest programs. Cells (1,1,0) and (2,1,0) are held out.
const CELLS = [
  { P: 0, C: 0, R: 1 },
  { P: 1, C: 1, R: 0 },
  { P: 2, C: 1, R: 0 },
];
/** Ten future contests instead of fifty, for speed: nothing here depends on their number. */
const quick = (scenario: Scenario): Scenario => ({
  ...scenario,
  program: scenario.program?.replace('2 * sum(repeat(50,', '10 * sum(repeat(10,'),
});
const scenarios: Scenario[] = [
  ...generateScenarios({ domain: 'sports', count: 5, seed: 3, cells: CELLS, teamSizes: [1, 2] }),
].map(quick);
const broken: Scenario = {
  ...scenarios[0],
  id: scenarios[0].id.replace('sports', 'broken') as Scenario['id'],
  program: 'var model = function () { return {q1: nothing}; };',
};
const ALL = [...scenarios.slice(0, 3), broken, ...scenarios.slice(3)];

let folder: string;
let pool: InferencePool;
const place = (name: string): string => join(folder, name);
const options = (name: string): DatasetBuildOptions => ({
  scenarios: ALL,
  outDir: place(name),
  pool,
  seed: 7,
  precision: 3,
  priorPrecision: 3,
  total: ALL.length,
});
const bytesOf = (name: string): Record<string, string> =>
  Object.fromEntries(readdirSync(place(name)).map((file) => [file, readFileSync(join(place(name), file), 'utf8')]));
const linesOf = (name: string, file: string): unknown[] =>
  readFileSync(join(place(name), file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const recordsOf = (name: string, split: string): DatasetRecord[] =>
  linesOf(name, `${split}.jsonl`).map((line) => datasetRecordSchema.parse(line));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'credence-dataset-'));
  pool = createInferencePool({ workers: 2 });
  await buildDataset(options('whole'));
});
afterAll(async () => {
  await pool.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('buildDataset', () => {
  it('writes records that satisfy the contract, split by cell and by scenario', () => {
    const records = ['train', 'validation', 'test'].flatMap((split) => recordsOf('whole', split));
    expect(records.length).toBe(4 * scenarios.length);
    for (const record of records) {
      expect(record.bins.reduce((sum, bin) => sum + bin, 0)).toBeCloseTo(1, 9);
      expect(record.mcse).toBeLessThanOrEqual(3);
      expect(record.priorMean).toBeGreaterThan(20);
      expect(record.split === 'train').toBe(record.motifCell === '0,0,1');
      const scenario = scenarios.find(({ id }) => id === record.scenarioId);
      const query = scenario?.queries.find(({ id }) => id === record.queryId);
      expect(scenario && query && renderPrompt(scenario, query)).toEqual({
        context: record.context,
        question: record.question,
      });
    }
    for (const split of ['train', 'validation', 'test']) {
      const ids = recordsOf('whole', split).map(({ scenarioId }) => scenarioId);
      // The four records of a scenario stand together, in one split.
      expect(ids.filter((id, i) => i === 0 || ids[i - 1] !== id).length).toBe(new Set(ids).size);
    }
  });

  it('labels with the posterior and with the prior, which the conditions do not reach', () => {
    const [rank] = recordsOf('whole', 'train').filter(({ kind }) => kind === 'rank');
    // The prior of a rank among 99 peers of the same prior is uniform on 0–99.
    expect(Math.abs((rank.priorMean ?? 0) - 49.5)).toBeLessThan(4 * 1.5);
    expect(Math.abs(rank.mean - 49.5)).toBeGreaterThan(5);
  });

  it('sets a broken program aside with its reason, and counts it in its cell', () => {
    const [rejection] = linesOf('whole', 'rejected.jsonl');
    expect(rejection).toMatchObject({
      scenarioId: broken.id,
      faults: [{ check: 'program', message: expect.stringContaining('nothing') }],
    });
    const manifest = datasetManifestSchema.parse(JSON.parse(bytesOf('whole')['dataset.json']));
    const cell = broken.motif ? motifCell(broken.motif) : '';
    expect(manifest.cells[cell].rejected).toBe(1);
    expect(manifest.scenarios).toEqual({ labelled: scenarios.length, rejected: 1 });
    expect(manifest.faults).toEqual({ program: 1 });
    expect(bytesOf('whole')['README.md']).toContain(`| ${cell} |`);
  });

  it('sets aside texts with placeholders and programs whose answers do not match the queries', async () => {
    const [first, second] = scenarios;
    const unfilled: Scenario = { ...first, source: 'llm', background: `${first.background} Ask [NAME].` };
    const other: Scenario = { ...second, program: second.program?.replace('    q4: ', '    q5: ') };
    const summary = await buildDataset({ ...options('faulty'), scenarios: [unfilled, other], priorPrecision: null });
    expect(summary.scenarios).toEqual({ labelled: 0, rejected: 2 });
    expect(linesOf('faulty', 'rejected.jsonl')).toMatchObject([
      { scenarioId: first.id, faults: [{ check: 'text', message: expect.stringContaining('[NAME]') }] },
      {
        scenarioId: second.id,
        faults: [{ check: 'queries', message: 'expected answers to q1, q2, q3, q4, received q1, q2, q3, q5' }],
      },
    ]);
    expect(recordsOf('faulty', 'train')).toEqual([]);
  });

  it('leaves no temporary file behind', () => {
    expect(Object.keys(bytesOf('whole')).sort()).toEqual([
      'README.md',
      'dataset.json',
      'posteriors.jsonl',
      'rejected.jsonl',
      'scenarios.jsonl',
      'test.jsonl',
      'train.jsonl',
      'validation.jsonl',
    ]);
  });

  it('goes on after a stop, and ends with the same bytes', async () => {
    const abort = new AbortController();
    const onProgress = ({ done }: Progress): void => {
      if (done === 2) abort.abort();
    };
    await expect(buildDataset(options('stopped'), { signal: abort.signal, onProgress })).rejects.toThrow(
      CancelledError,
    );
    expect(readdirSync(place('stopped'))).toEqual(['labels.log']);
    // A kill while a line was being written leaves half of it.
    const log = join(place('stopped'), 'labels.log');
    const text = readFileSync(log, 'utf8');
    writeFileSync(log, text.slice(0, text.length - 100));
    const seen: number[] = [];
    await buildDataset({ ...options('stopped'), window: 3 }, { onProgress: ({ done }) => seen.push(done) });
    expect(seen[0]).toBe(2);
    expect(bytesOf('stopped')).toEqual(bytesOf('whole'));
  });

  it('refuses to go on with other settings or other scenarios', async () => {
    const abort = new AbortController();
    const stopped = buildDataset(options('changed'), { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(stopped).rejects.toThrow(CancelledError);
    await expect(buildDataset({ ...options('changed'), seed: 8 })).rejects.toMatchObject({
      message: 'dataset build: an unfinished build with other settings lies in this folder',
      hint: expect.stringContaining('choose another folder'),
    });
    await expect(buildDataset({ ...options('changed'), scenarios: scenarios.slice(1) })).rejects.toMatchObject({
      message: expect.stringContaining('an unfinished build of other scenarios lies in this folder: number 1 is now'),
    });
    await expect(buildDataset({ ...options('changed'), scenarios: [] })).rejects.toMatchObject({
      message: expect.stringContaining('or more scenarios lies in this folder, received 0'),
    });
  });

  it('holds out one query of every training scenario, in a file of its own', async () => {
    const holdOut = { ...DEFAULT_HOLD_OUT, queries: true };
    const summary = await buildDataset({ ...options('queries'), scenarios: scenarios.slice(0, 3), holdOut });
    const trained = recordsOf('queries', 'train');
    const fresh = recordsOf('queries', 'newQueries');
    const known = new Set(trained.map(({ scenarioId }) => scenarioId));
    expect(known.size).toBeGreaterThan(0);
    expect(fresh.map(({ scenarioId, split }) => [scenarioId, split])).toEqual([...known].map((id) => [id, 'test']));
    expect(trained.length).toBe(3 * known.size);
    for (const { scenarioId, queryId } of fresh)
      expect(trained.some((record) => record.scenarioId === scenarioId && record.queryId === queryId)).toBe(false);
    expect(summary.newQueries).toBe(known.size);
    expect(summary.records.test + summary.records.validation).toBe(4 * (3 - known.size));
  });

  it('labels by single draws that show the results, which converge to the posterior', async () => {
    // A coin of one of three biases, of which three heads in four tosses were seen: Bayes' rule gives the answer.
    const program = `var model = function () {
      var kind = categorical({ps: [0.5, 0.3, 0.2], vs: [20, 50, 90]});
      var tosses = sum(repeat(4, function () { return flip(kind / 100) ? 1 : 0; }));
      condition(tosses === 3);
      return {q1: kind};
    };`;
    const likelihood = (p: number): number => 4 * p ** 3 * (1 - p);
    const weights = [0.5 * likelihood(0.2), 0.3 * likelihood(0.5), 0.2 * likelihood(0.9)];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [first] = scenarios;
    const count = 600;
    const many = Array.from(
      { length: count },
      (_, i): Scenario => ({
        ...first,
        id: scenarioIdSchema.parse(`coins-${i}`),
        queries: first.queries.slice(0, 1),
        program,
      }),
    );
    const holdOut = { ...DEFAULT_HOLD_OUT, cells: [] };
    await buildDataset({ ...options('forward'), scenarios: many, source: 'forward', holdOut, priorPrecision: null });
    const records = recordsOf('forward', 'train');
    expect(records.length).toBe(count);
    for (const [i, kind] of [20, 50, 90].entries()) {
      const share = records.reduce((sum, { bins }) => sum + bins[kind], 0) / count;
      const expected = weights[i] / total;
      // Four binomial standard errors.
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count));
    }
  });

  it('says that the disk is full, leaves no file that looks finished, and goes on later', async () => {
    mkdirSync(place('full'));
    symlinkSync('/dev/full', join(place('full'), 'train.jsonl.part'));
    await expect(buildDataset(options('full'))).rejects.toMatchObject({
      message: expect.stringContaining('the disk is full'),
      location: { file: join(place('full'), 'train.jsonl') },
    });
    expect(readdirSync(place('full'))).toEqual(['labels.log']);
    await buildDataset(options('full'));
    expect(bytesOf('full')).toEqual(bytesOf('whole'));
  });

  it('names the path that cannot be written', async () => {
    writeFileSync(place('file'), '');
    await expect(buildDataset(options('file/below'))).rejects.toMatchObject({
      name: 'UserError',
      location: { file: place('file/below') },
    });
  });
});

describe('mergeDatasets', () => {
  it('gives the bytes of the unsharded build, and refuses parts that do not fit', async () => {
    for (const index of [1, 2, 3]) {
      const shard = { index, of: 3, total: ALL.length };
      const { start, end } = shardRange(shard);
      await buildDataset({ ...options(`part${index}`), scenarios: ALL.slice(start, end), shard });
    }
    const parts = ['part3', 'part1', 'part2'].map(place);
    await mergeDatasets(parts, place('merged'));
    expect(bytesOf('merged')).toEqual(bytesOf('whole'));

    await expect(mergeDatasets(parts.slice(1), place('m2'))).rejects.toMatchObject({
      message: 'dataset merge: expected each of 3 shards once, received 1, 2',
      hint: 'Missing: 3.',
    });
    await expect(mergeDatasets([place('whole')], place('m3'))).rejects.toThrow(
      'expected shards, received a whole dataset',
    );
    writeFileSync(join(place('part1'), 'posteriors.jsonl'), '{}\n');
    await expect(mergeDatasets(parts, place('m4'))).rejects.toMatchObject({
      message: 'dataset merge: the file is not the one its manifest describes',
      location: { file: join(place('part1'), 'posteriors.jsonl') },
    });
    expect(readdirSync(place('m4'))).toEqual([]);
  });
});

describe('credence dataset build', () => {
  /** Runs the command; with `killAfterMs` it is killed so long after it has added a line to the log. The exit code, or null when killed. */
  const run = (name: string, killAfterMs?: number): Promise<number | null> => {
    const args = [
      'dataset',
      'build',
      '--scenarios',
      place('input'),
      '--out',
      place(name),
      '--precision',
      '3',
      '--workers',
      '1',
    ];
    const child = spawn(process.execPath, [resource('main', 'cli.ts'), ...args], { stdio: 'ignore' });
    const log = join(place(name), 'labels.log');
    const sizeNow = (): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const before = sizeNow();
    // The header of a new log is 65 bytes.
    const watch = setInterval(() => {
      if (killAfterMs === undefined || sizeNow() <= Math.max(before, 65)) return;
      clearInterval(watch);
      setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    }, 5);
    return new Promise((done) =>
      child.on('exit', (code) => {
        clearInterval(watch);
        done(code);
      }),
    );
  };

  it('survives being killed at random moments: the bytes are the same', async () => {
    const few = [
      ...generateScenarios({ domain: 'sports', count: 4, seed: 5, cells: CELLS.slice(0, 1), teamSizes: [1] }),
    ];
    await writeScenarios('test', place('input'), { values: few.map(quick), total: few.length });
    expect(await run('undisturbed')).toBe(0);
    const random = createRandom(11);
    let kills = 0;
    while ((await run('killed', kills === 0 ? 0 : random.integer(200))) !== 0 && kills < 20) kills++;
    expect(kills).toBeGreaterThan(0);
    expect(bytesOf('killed')).toEqual(bytesOf('undisturbed'));
    // Some twenty processes one after another, each of which takes seconds on a machine that has other work.
  }, 300_000);
});
