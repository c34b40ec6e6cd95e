/** Datasets in the published shape and back, and labelled by answers instead of posteriors. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { DEFAULT_HOLD_OUT } from '../../../engine/training/split.ts';
import { datasetExport, datasetImport, datasetRelabel } from '../../../main/commands/datasetExchange.ts';
import { createDatasetWriter } from '../../../main/jobs/datasetFiles.ts';
import { type DatasetRecord, SPLITS } from '../../../shared/training.ts';
import { scratchFolder } from '../../scratch.ts';
import { runCommand } from '../commands/runCommand.ts';

const dataset = scratchFolder();
const scenarios = [
  ...generateScenarios({
    domain: 'sports',
    count: 8,
    seed: 3,
    teamSizes: [2],
    cells: [
      { P: 0, C: 0, R: 0 },
      { P: 1, C: 1, R: 0 },
    ],
  }),
];

/** Half of the mass on each of two answers. */
const twoBins = (low: number, high: number): number[] =>
  Array.from({ length: 101 }, (_, i) => (i === low ? 0.5 : 0) + (i === high ? 0.5 : 0));

beforeAll(async () => {
  const settings = {
    seed: 1,
    source: 'posterior',
    target: 'distribution',
    method: 'rejection',
    precision: 0.5,
    priorPrecision: null,
    minEffective: 1,
    maxExecutions: 1,
    canary: null,
    engineVersion: '0',
  } as const;
  const holdOut = { cells: [...DEFAULT_HOLD_OUT.cells], levels: [], domains: [], queries: false };
  const writer = await createDatasetWriter(dataset, { ...settings, holdOut }, null);
  for (const scenario of scenarios) {
    const queries = Object.fromEntries(
      scenario.queries.map(({ id }, i) => [id, { mean: 30 + i, sd: 10, mcse: 0, bins: twoBins(20 + i, 40 + i) }]),
    );
    const posterior = { queries, method: 'rejection', executions: 1, seed: 1, warnings: [] } as const;
    await writer.addLabelled({ scenario, posterior: { ...posterior, warnings: [] }, prior: null });
  }
  await writer.finish();
});

const linesOf = <T>(folder: string, name: string): T[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const recordsOf = (folder: string): DatasetRecord[] =>
  SPLITS.flatMap((split) => linesOf<DatasetRecord>(folder, `${split}.jsonl`));

describe('the published shape', () => {
  it.each(['bracket', 'plain'])('goes out with %s answers and comes back as it was', async (instruction) => {
    const [published, back] = [scratchFolder(), scratchFolder()];
    const out = await runCommand(
      datasetExport,
      '--data',
      dataset,
      '--out',
      published,
      '--instruction',
      instruction,
      '--json',
    );
    const { records } = JSON.parse(out);
    expect(records.train + records.validation + records.test).toBe(32);
    const [line] = linesOf<{ input: string; output: string; bins: number[][] }>(published, 'train.jsonl');
    expect(Object.keys(line)).toEqual(['input', 'output', 'bins']);
    expect(line.output).toBe(instruction === 'bracket' ? '<30>' : '30');
    expect(line.bins).toHaveLength(1);
    await runCommand(datasetImport, published, '--out', back);
    expect(recordsOf(back)).toEqual(recordsOf(dataset));
  });

  it('refuses what does not fit, naming file and line, and leaves nothing half-written', async () => {
    const [published, back] = [scratchFolder(), scratchFolder()];
    await runCommand(datasetExport, '--data', dataset, '--out', published);
    const places = readFileSync(join(published, 'places.jsonl'), 'utf8').trim().split('\n');
    const map = join(published, 'map.jsonl');
    const importing = () => runCommand(datasetImport, published, '--map', map, '--out', back);
    writeFileSync(map, places.slice(1).join('\n'));
    await expect(importing()).rejects.toMatchObject({
      message: 'dataset import: the map has no place for line 1 of train.jsonl',
      location: { line: 1 },
    });
    writeFileSync(map, [places[0].replace('"q1"', '"q2"'), ...places.slice(1)].join('\n'));
    await expect(importing()).rejects.toThrow(/q2 is there twice/);
    writeFileSync(map, '{"split":"train"}\n');
    await expect(importing()).rejects.toThrow(/dataset import: line 1 is not as expected/);
    expect(() => linesOf(back, 'train.jsonl')).toThrow(/ENOENT/);
    await expect(runCommand(datasetExport, '--data', published, '--out', back)).rejects.toThrow(/dataset\.json/);
    await expect(runCommand(datasetExport, '--data', dataset)).rejects.toThrow('dataset export: --out is missing');
    rmSync(join(published, 'train.jsonl'));
    await expect(runCommand(datasetImport, published, '--out', back)).rejects.toThrow(/train\.jsonl: no such file/);
  });

  it('says when a dataset and its scenarios do not belong together', async () => {
    const copy = scratchFolder();
    for (const name of ['dataset.json', 'scenarios.jsonl', 'train.jsonl', 'validation.jsonl', 'test.jsonl'])
      writeFileSync(join(copy, name), readFileSync(join(dataset, name)));
    writeFileSync(
      join(copy, 'scenarios.jsonl'),
      linesOf(dataset, 'scenarios.jsonl')
        .slice(1)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    await expect(runCommand(datasetExport, '--data', copy, '--out', scratchFolder())).rejects.toThrow(
      /is not in scenarios\.jsonl/,
    );
  });
});

describe('dataset relabel', () => {
  const answersFile = (lines: readonly object[]): string => {
    const file = join(scratchFolder(), 'answers.jsonl');
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return file;
  };
  const answer = (queryId: string, more: object) => ({
    scenarioId: scenarios[0].id,
    queryId,
    source: 'external',
    sourceId: 'tiny',
    ...more,
  });

  it('labels the same prompts and splits by answers, and counts what is not answered', async () => {
    const out = scratchFolder();
    const file = answersFile([answer('q1', { samples: [10, 10, 40, 40] }), answer('q2', { mean: 71.5 })]);
    const printed = await runCommand(datasetRelabel, '--data', dataset, '--answers', file, '--out', out);
    expect(printed).toContain('labelled by external tiny; 30 records without an answer left out');
    const [first, second] = recordsOf(out);
    const original = recordsOf(dataset).find(
      ({ scenarioId, queryId }) => scenarioId === scenarios[0].id && queryId === 'q1',
    );
    expect(first).toMatchObject({ context: original?.context, question: original?.question, split: original?.split });
    expect(first).toMatchObject({ answer: '25', mean: 25, sd: 15, mcse: 7.5 });
    expect([first.bins[10], first.bins[40]]).toEqual([0.5, 0.5]);
    expect(second).toMatchObject({ answer: '72', mean: 71.5 });
    expect(second.bins[72]).toBe(1);
    await runCommand(datasetRelabel, '--data', dataset, '--answers', file, '--out', out, '--target', 'mean');
    expect(recordsOf(out)[0].bins[25]).toBe(1);
  });

  it('refuses answers of two sources, and answers to nothing', async () => {
    const twice = answersFile([answer('q1', { mean: 1 }), answer('q1', { mean: 2, sourceId: 'other' })]);
    const relabelling = (file: string) =>
      runCommand(datasetRelabel, '--data', dataset, '--answers', file, '--out', scratchFolder());
    await expect(relabelling(twice)).rejects.toThrow(/q1 is answered twice/);
    await expect(relabelling(answersFile([answer('q9', { mean: 1 })]))).rejects.toThrow(
      'no record of the dataset is answered',
    );
  });
});
