/** The commands about scenarios and datasets, run in this process: what they print, and how they refuse. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Command, type CommandContext, parseCommand } from '../../../main/commands/command.ts';
import { datasetBuild } from '../../../main/commands/datasetBuild.ts';
import { datasetMerge } from '../../../main/commands/datasetMerge.ts';
import { generate } from '../../../main/commands/generate.ts';
import { scenarioSchema } from '../../../shared/scenario.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command line; what it printed. */
async function run(command: Command, ...args: string[]): Promise<string> {
  let printed = '';
  const context: CommandContext = {
    out: (text) => {
      printed += text;
    },
    err: () => {},
    isTerminal: false,
    signal: new AbortController().signal,
  };
  const { values, positionals } = parseCommand(command, args);
  await command.run(values, positionals, context);
  return printed;
}

describe('credence generate', () => {
  it('writes scenarios of the wanted cells and sizes, and prints the counts', async () => {
    const printed = await run(
      generate,
      '--count',
      '4',
      '--cells',
      '1,1,0;2,0,1',
      '--team-sizes',
      '3',
      '--style',
      'free-form',
      '--seed',
      '9',
      '--out',
      folder,
      '--json',
    );
    expect(JSON.parse(printed)).toEqual({ folder, count: 4, cells: { '1,1,0': 2, '2,0,1': 2 }, seed: 9 });
    const lines = readFileSync(join(folder, 'scenarios.jsonl'), 'utf8').trim().split('\n');
    for (const line of lines)
      expect(scenarioSchema.parse(JSON.parse(line))).toMatchObject({
        style: 'free-form',
        seed: 9,
        motif: { teamSize: 3 },
      });
  });

  it('prints the count by cell without --json', async () => {
    expect(await run(generate, '--count', '2', '--domain', 'general', '--out', folder)).toBe(
      `cell P,C,R     scenarios\n0,0,0                  1\n0,0,1                  1\n\n2 scenarios, all checked, in ${folder} (seed 1)\n`,
    );
  });

  it.each<[string[], string]>([
    [['--out', 'x'], 'generate: --count is missing'],
    [['--count', '3'], 'generate: --out is missing'],
    [
      ['--count', '3', '--out', 'x', '--cells', '4,0,0'],
      'motif cells: expected P,C,R with P 0–3, C 0–1, R 0–1, received "4,0,0"',
    ],
    [
      ['--count', '3', '--out', 'x', '--team-sizes', '2,10'],
      '--team-sizes: expected whole numbers of 1–9, received "10"',
    ],
    [
      ['--count', '3', '--out', 'x', '--domain', 'cooking'],
      '--domain: expected one of sports, healthcare, general, received "cooking"',
    ],
  ])('refuses %j', async (args, message) => {
    await expect(run(generate, ...args)).rejects.toMatchObject({ name: 'UserError', message });
  });
});

describe('credence dataset', () => {
  it.each<[Command, string[], string]>([
    [datasetBuild, ['--out', 'x'], 'dataset build: --scenarios is missing'],
    [datasetBuild, ['--scenarios', 'x'], 'dataset build: --out is missing'],
    [datasetBuild, ['--scenarios', '/nowhere', '--out', 'x'], '/nowhere: no such file or folder'],
    [datasetMerge, ['a', 'b'], 'dataset merge: --out is missing'],
    [datasetMerge, ['/nowhere', '--out', 'x'], '/nowhere/dataset.json: no such file or folder'],
  ])('refuses what is missing', async (command, args, message) => {
    await expect(run(command, ...args)).rejects.toMatchObject({ name: 'UserError', message });
  });

  it('refuses a shard that does not exist before it starts anything', async () => {
    await run(generate, '--count', '2', '--out', folder);
    await expect(
      run(datasetBuild, '--scenarios', folder, '--out', join(folder, 'd'), '--shard', '3/2'),
    ).rejects.toThrow('--shard: expected i/n with i from 1 to n, received "3/2"');
  });
});
