/** Benchmark runs on a tiny recorded transformer: files of every format are read, answers kept, a stopped run goes on, bad files are refused. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { benchmarkCommand } from '../../../../main/commands/benchmark.ts';
import { type BenchmarkRequest, runBenchmark } from '../../../../main/exchange/benchmark/benchmarkRun.ts';
import { readBenchmark } from '../../../../main/exchange/benchmark/readBenchmark.ts';
import { resource } from '../../../../main/resources.ts';
import type { BenchmarkResult } from '../../../../shared/benchmark.ts';
import { scratchFolder } from '../../../scratch.ts';
import { runCommand } from '../../commands/runCommand.ts';
import { transformerFolder } from '../../processes/trainingFixture.ts';

const fixture = (name: string): string => resource('test', 'fixtures', 'benchmarks', name);

let transformer: string;
/** A finished run of the four MMLU items, which several tests look at. */
let finished: { readonly request: BenchmarkRequest; readonly result: BenchmarkResult };
beforeAll(async () => {
  transformer = transformerFolder(scratchFolder());
  const whole = request({});
  finished = { request: whole, result: await runBenchmark(whole) };
}, 60_000);

const request = (more: Partial<BenchmarkRequest>): BenchmarkRequest => ({
  name: 'mmlu',
  files: [fixture('mmlu.parquet')],
  fitFiles: [],
  seed: 1,
  isGuided: false,
  isVerbalized: false,
  out: join(scratchFolder(), 'run'),
  answering: { transformer, adapter: null, device: { backend: 'cpu', threads: 1 } },
  ...more,
});
const write = (name: string, content: unknown): string => {
  const file = join(scratchFolder(), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const winogrande = Array.from({ length: 6 }, (_, i) => ({
  sentence: `The _ number ${i} fell.`,
  option1: 'cup',
  option2: 'cat',
  answer: String(1 + (i % 2)),
}));

describe('a benchmark run', () => {
  it('reads Parquet, asks over the offered letters alone and keeps every item', () => {
    const {
      result,
      request: { out },
    } = finished;
    expect(result).toMatchObject({ name: 'mmlu', items: 4, tooLong: 0 });
    expect(result.rows.map(({ label }) => label)).toEqual(['transformer', 'uniform', 'always A']);
    expect(result.rows[1].nll?.value).toBeCloseTo(Math.log(4), 12);
    expect(result.leakedMass).toBeGreaterThan(0);
    const kept = readFileSync(join(out, 'items.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(kept.map(({ logProbs }) => logProbs.length)).toEqual([26, 26, 26, 26]);
    expect(readFileSync(join(out, 'items.csv'), 'utf8').split('\n')[1]).toMatch(/^"0","geography","A","[ABCD]",/);
    expect(readFileSync(join(out, 'reliability.svg'), 'utf8')).toContain('Stated probability');
  });

  it('reads JSON Lines, scales on another split, asks in words, and leaves out and counts what is too long', async () => {
    const long = { ...winogrande[0], sentence: `The _ ${'fell and '.repeat(40_000)}fell.` };
    const file = write('winogrande.jsonl', lines([...winogrande, long]));
    const fit = write('winogrande-train.jsonl', lines([...winogrande].reverse()));
    const result = await runBenchmark(
      request({ name: 'winogrande', files: [file], fitFiles: [fit], isVerbalized: true }),
    );
    const [plain, scaled, spoken] = result.rows;
    expect(result.temperature?.items).toBe(6);
    expect(scaled.label).toMatch(/^transformer, T = /);
    expect(scaled.score?.value).toBe(plain.score?.value);
    expect(scaled.nll?.value).toBeLessThanOrEqual((plain.nll?.value ?? 0) + 1e-9);
    expect(spoken).toMatchObject({ label: 'verbalized', n: 6 });
    expect(plain.n).toBe(6);
    expect(result).toMatchObject({ items: 7, tooLong: 1 });
  });

  it('scores estimates and Bayesian Teaching with their own floors and ceiling', async () => {
    const variables = {
      a: { mean: 0.3, std: 0.1, se: 0.01, variable: 'share of readers', ground_truth_distribution_type: 'beta' },
    };
    const estimates = await runBenchmark(
      request({ name: 'openestimate', files: [write('nhanes_variables.json', variables)] }),
    );
    expect(estimates.rows.map(({ label }) => label)).toEqual([
      'transformer',
      'uniform',
      'constant 50',
      'constant 30 (best)',
    ]);
    const rounds = Array.from({ length: 5 }, (_, r) => ({ options: ['x', 'y', 'z'], user_idx: r % 3 }));
    const rounds_numpy = rounds.map((_, r) =>
      [
        [1, r, 0, 0],
        [0, 1, r, 0],
        [0, 0, 1, r],
      ].map((row) => row.map((value) => value / 5)),
    );
    const file = write('flight.jsonl', lines([{ reward_fn: [1, 0, 0, 0], rounds, rounds_numpy }]));
    const teaching = await runBenchmark(request({ name: 'bayesian-teaching', files: [file], isGuided: true }));
    expect(teaching.rows.map(({ label }) => label).slice(0, 2)).toEqual(['transformer', 'uniform']);
    expect(teaching.rows[1].nll?.value).toBeCloseTo(Math.log(3), 12);
  });

  it('goes on where it was stopped, asking nothing twice, and equals an undisturbed run', async () => {
    const whole = finished.request;
    const stopped = { ...whole, out: join(scratchFolder(), 'stopped') };
    cpSync(whole.out, stopped.out, { recursive: true });
    const expected = readFileSync(join(whole.out, 'items.jsonl'), 'utf8').split('\n');
    // The first answer, marked, and the beginning of a second, as a kill leaves them.
    const first = JSON.parse(expected[0]);
    const marked = JSON.stringify({
      ...first,
      logProbs: first.logProbs.map((_: number, i: number) => (i === 1 ? -0.1 : -9)),
    });
    writeFileSync(join(stopped.out, 'items.jsonl'), `${marked}\n{"id":"1","logPr`);
    const totals: number[] = [];
    await runBenchmark(stopped, { onProgress: ({ total }) => totals.push(total ?? 0) });
    expect(Math.max(...totals)).toBe(3);
    const kept = readFileSync(join(stopped.out, 'items.jsonl'), 'utf8').split('\n');
    expect(kept[0]).toBe(marked);
    expect(kept.slice(1)).toEqual(expected.slice(1));
  }, 60_000);

  it('reads nested columns of Parquet', async () => {
    const [item] = await readBenchmark({ ...request({ name: 'truthfulqa' }), files: [fixture('truthfulqa.parquet')] });
    expect(item).toMatchObject({ kind: 'choice', labels: ['A', 'B', 'C'] });
    if (item.kind === 'choice') expect(item.prompt).toContain(`${item.labels[item.gold]}) No, people have no gills`);
  });

  it.each(['ZSTD', 'GZIP', 'BROTLI'])('reads Parquet compressed with %s', async (codec) => {
    const read = (file: string) => readBenchmark({ ...request({}), files: [fixture(file)] });
    const file = `mmlu-${codec.toLowerCase()}.parquet`;
    const { row_groups } = await parquetMetadataAsync(await asyncBufferFromFile(fixture(file)));
    const codecs = row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec));
    expect(new Set(codecs)).toEqual(new Set([codec]));
    expect(await read(file)).toEqual(await read('mmlu.parquet'));
  });

  it('stops when asked', async () => {
    const run = runBenchmark(request({}), { signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ name: 'CancelledError', message: 'benchmark: cancelled' });
  });
});

describe('a benchmark file that does not fit', () => {
  it.each<[string, Partial<BenchmarkRequest> & { readonly text: string; readonly file: string }, RegExp, RegExp]>([
    [
      'rows of another benchmark',
      { name: 'hellaswag', file: 'h.jsonl', text: lines(winogrande) },
      /row 1: ctx: /,
      /is this hellaswag as it is published/,
    ],
    ['a line that is no JSON', { name: 'mmlu', file: 'm.jsonl', text: '{"question": \n' }, /line 1 is not JSON/, /^$/],
    ['no rows', { name: 'mmlu', file: 'e.jsonl', text: '\n' }, /expected at least one row, received none/, /^$/],
    [
      'a Parquet ending alone',
      { name: 'mmlu', file: 'x.parquet', text: 'not parquet at all' },
      /not a Parquet file that can be read/,
      /Snappy/,
    ],
    [
      'no task in its name',
      { name: 'bayesian-teaching', file: 'x.jsonl', text: '{}\n' },
      /the name says no task; expected one of flight, hotel, webshop/,
      /^$/,
    ],
    [
      'other variables',
      { name: 'openestimate', file: 'o.json', text: '{"a": {"mean": "x"}}' },
      /a\.mean: /,
      /openestimate/,
    ],
  ])('with %s is refused at its place', async (_, { text, file, ...more }, message, hint) => {
    const path = write(file, text);
    const error = await runBenchmark(request({ ...more, files: [path] })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
    expect(String((error as { hint?: string }).hint ?? '')).toMatch(hint);
  });

  it('cut short is refused', async () => {
    const path = join(scratchFolder(), 'cut.parquet');
    writeFileSync(path, readFileSync(fixture('mmlu-zstd.parquet')).subarray(0, -200));
    await expect(runBenchmark(request({ files: [path] }))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('not a Parquet file that can be read'),
      hint: expect.stringContaining('Zstandard'),
    });
  });

  it('leaves a folder with other settings or other files alone', async () => {
    const done = finished.request;
    await expect(runBenchmark({ ...done, seed: 2 })).rejects.toMatchObject({
      message: `${done.out}: the folder holds a run with other settings`,
    });
    const other = scratchFolder();
    writeFileSync(join(other, 'thesis.txt'), 'mine');
    await expect(runBenchmark(request({ out: other }))).rejects.toMatchObject({
      message: `${other}: the folder holds files that are not a benchmark run`,
    });
    await expect(runBenchmark(request({ name: 'openestimate', isVerbalized: true }))).rejects.toMatchObject({
      message: expect.stringContaining('openestimate takes no --verbalized'),
    });
  });
});

describe('credence benchmark', () => {
  it('prints the table with floors, and names what is missing', async () => {
    const { out } = finished.request;
    const data = fixture('mmlu.parquet');
    // The run is finished already: nothing is asked again.
    const printed = await runCommand(benchmarkCommand, 'mmlu', '--model', transformer, '--data', data, '--out', out);
    expect(printed).toContain('mmlu: 4 items\n');
    expect(printed).toMatch(/uniform +4 +0\.250/);
    expect(printed).toMatch(/note: always A: no NLL/);
    await expect(runCommand(benchmarkCommand, 'mmul')).rejects.toMatchObject({
      message: expect.stringContaining('received "mmul"'),
      hint: 'did you mean mmlu?',
    });
    await expect(runCommand(benchmarkCommand, 'mmlu', '--data', 'x')).rejects.toMatchObject({
      message: 'benchmark: --model is missing',
    });
  });
});
