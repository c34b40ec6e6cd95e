/** Scenario files and shards: what is written is read back; what is wrong is named with its line. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { countScenarios, readScenarios, writeScenarios } from '../../../main/jobs/scenarioFiles.ts';
import { parseShard, shardRange, slice } from '../../../main/jobs/shards.ts';
import { CancelledError } from '../../../shared/errors.ts';
import type { Scenario } from '../../../shared/scenario.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-scenarios-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const scenarios = [...generateScenarios({ domain: 'sports', count: 3, seed: 1 })];
const collect = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
};
const write = (values: Iterable<Scenario>, signal?: AbortSignal) =>
  writeScenarios('generate', folder, { values, total: 3 }, { signal });

describe('writeScenarios and readScenarios', () => {
  it('give back what went in, from the folder and from the file', async () => {
    expect(await write(scenarios)).toEqual({ folder, count: 3, cells: { '0,0,0': 1, '0,0,1': 1, '0,1,0': 1 } });
    expect(await collect(readScenarios('test', folder))).toEqual(scenarios);
    expect(await collect(readScenarios('test', join(folder, 'scenarios.jsonl')))).toEqual(scenarios);
    expect(await countScenarios('test', folder)).toBe(3);
  });

  it('leave nothing when stopped or failing half-way', async () => {
    const abort = new AbortController();
    const stopping = function* (): Generator<Scenario> {
      yield scenarios[0];
      abort.abort();
      yield scenarios[1];
    };
    await expect(write(stopping(), abort.signal)).rejects.toThrow(CancelledError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('name the line that is not JSON, not a scenario, or there twice', async () => {
    const file = join(folder, 'scenarios.jsonl');
    const good = JSON.stringify(scenarios[0]);
    const read = async (...lines: string[]): Promise<unknown> => {
      writeFileSync(file, lines.join('\n'));
      return collect(readScenarios('dataset build', folder));
    };
    await expect(read(good, '{"id": ')).rejects.toMatchObject({
      message: expect.stringContaining('dataset build: line 2 is not JSON'),
      location: { file, line: 2 },
    });
    await expect(read(JSON.stringify({ ...scenarios[0], domain: 'cooking' }))).rejects.toMatchObject({
      message: expect.stringContaining('line 1 is not a scenario'),
      location: { file, line: 1, path: 'domain' },
    });
    await expect(read(good, good)).rejects.toMatchObject({
      message: `dataset build: scenario ${scenarios[0].id} is on line 1 and again on line 2`,
      location: { file, line: 2 },
    });
  });

  it('name a path that is not there and a file that is empty', async () => {
    await expect(countScenarios('dataset build', join(folder, 'nowhere'))).rejects.toMatchObject({
      name: 'UserError',
      location: { file: join(folder, 'nowhere') },
    });
    const file = join(folder, 'empty.jsonl');
    writeFileSync(file, '');
    await expect(countScenarios('dataset build', file)).rejects.toMatchObject({
      message: 'dataset build: the file holds no scenario',
      location: { file },
    });
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

describe('shards', () => {
  it('cover every scenario once, in order', async () => {
    const values = Array.from({ length: 11 }, (_, i) => i);
    const source = async function* (): AsyncGenerator<number> {
      yield* values;
    };
    for (const of of [1, 2, 4, 11, 15]) {
      const parts: number[] = [];
      for (let index = 1; index <= of; index++)
        parts.push(...(await collect(slice(source(), shardRange({ index, of, total: values.length })))));
      expect(parts).toEqual(values);
    }
  });

  it.each(['0/4', '5/4', '1', 'a/b', '1/0'])('refuse "%s"', (text) => {
    expect(() => parseShard(text, 10)).toThrow(
      expect.objectContaining({
        message: `--shard: expected i/n with i from 1 to n, received "${text}"`,
        hint: 'such as --shard 1/4, 2/4, 3/4 and 4/4',
      }),
    );
  });
});
