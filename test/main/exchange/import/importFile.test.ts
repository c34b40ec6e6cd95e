/** Imports: every shape is recognised and read, and what does not fit is refused at its place. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importCommand } from '../../../../main/commands/import.ts';
import { type ImportOptions, importedLines, importFile } from '../../../../main/exchange/import/importFile.ts';
import { scratchFolder } from '../../../scratch.ts';
import { runCommand } from '../../commands/runCommand.ts';

let folder: string;
beforeAll(() => {
  folder = scratchFolder();
});
const write = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const linesOf = async (file: string, options?: ImportOptions): Promise<unknown[]> =>
  [...importedLines(await importFile(file, options))].map((line) => JSON.parse(line));
const refusal = async (name: string, content: unknown, options?: ImportOptions): Promise<unknown> => {
  try {
    await importFile(write(name, content), options);
  } catch (error) {
    return error;
  }
  throw new Error('was accepted');
};
const oneBin = (answer: number): number[] => Array.from({ length: 101 }, (_, i) => (i === answer ? 1 : 0));

describe('people', () => {
  it('come from a long table with the columns of other tools', async () => {
    const file = write('long.csv', 'participant,item,question,response\nann,a,q1,10\nbob,a,q1,\nbob,a,q2,99.5\n');
    expect(await linesOf(file)).toEqual([
      { participantId: 'ann', scenarioId: 'a', queryId: 'q1', samples: [10] },
      { participantId: 'bob', scenarioId: 'a', queryId: 'q2', samples: [99.5] },
    ]);
  });

  it('come from a wide table, several marks together, second askings left out', async () => {
    const file = write('wide.csv', 'subject_id,lake-a__q1__s1,lake-a__q1__s2,lake-a__q2,lake-a__q2__t2\np,1,2,3,50\n');
    expect(await linesOf(file)).toEqual([
      { participantId: 'p', scenarioId: 'lake-a', queryId: 'q1', samples: [1, 2] },
      { participantId: 'p', scenarioId: 'lake-a', queryId: 'q2', samples: [3] },
    ]);
  });

  it('come from jsPsych trials that name item and query', async () => {
    const trials = [
      { trial_type: 'instructions', rt: 5 },
      { trial_type: 'html-slider-response', subject_id: 7, item_id: 'a', query_id: 'q1', response: 40, rt: 900 },
      { trial_type: 'survey-text', subject_id: 7, item_id: 'a', query_id: 'q2', response: { Q0: 'words' } },
    ];
    expect(await linesOf(write('trials.json', trials))).toEqual([
      { participantId: '7', scenarioId: 'a', queryId: 'q1', samples: [40] },
    ]);
  });

  it('come from the published multi-click file, one of its experiments at a time', async () => {
    const file = write('published.json', {
      e1_explicit: { s1: [{ query1: [10, 20], query2: [] }] },
      e2_implicit: { s1: [{ query1: [90] }, { query1: [80, 70] }] },
    });
    expect(await linesOf(file, { part: 'e2_implicit' })).toEqual([
      { participantId: '0:0', scenarioId: 's1', queryId: 'query1', samples: [90] },
      { participantId: '0:1', scenarioId: 's1', queryId: 'query1', samples: [80, 70] },
    ]);
    await expect(importFile(file)).rejects.toMatchObject({
      name: 'UserError',
      message: `people: ${file} holds the parts e1_explicit, e2_implicit`,
      hint: 'choose one with --part',
    });
  });
});

describe('answers', () => {
  const records = [
    { input: 'Scenario … Query 1', output: '40', bins: [oneBin(40)] },
    { input: 'Scenario … Query 2', output: '60', bins: [oneBin(60)] },
  ];
  const map = (): string =>
    write('map.jsonl', '{"index":1,"scenarioId":"a","queryId":"q2"}\n{"index":0,"scenarioId":"a","queryId":"q1"}\n');

  it('come from published records, by a map that names their queries', async () => {
    const read = await linesOf(write('records.json', records), { map: map() });
    expect(read).toMatchObject([
      { queryId: 'q2', mean: 60, source: 'posterior', sourceId: 'records' },
      { queryId: 'q1', mean: 40 },
    ]);
  });

  it('come from samples, on the scale that is said and never guessed', async () => {
    const file = write('rowing-1.json', { q1: [0.25, 0.75], q2: [[1], [0]] });
    const means = async (options: ImportOptions): Promise<unknown[]> =>
      (await linesOf(file, options)).map((line) => (line as { mean: number }).mean);
    expect(await means({ scale: 'unit' })).toEqual([50, 50]);
    expect(await means({})).toEqual([0.5, 0.5]);
    expect(await linesOf(file, { scenario: 'other' })).toMatchObject([
      { scenarioId: 'other' },
      { scenarioId: 'other' },
    ]);
  });

  it('come from answer lines and from means by scenario', async () => {
    const line = { scenarioId: 'a', queryId: 'q1', source: 'base', sourceId: 'base', mean: 20 };
    expect(await linesOf(write('answers.jsonl', `${JSON.stringify(line)}\n`))).toEqual([line]);
    expect(await linesOf(write('means.json', { a: { q1: { mean: 30 } } }))).toMatchObject([
      { mean: 30, sourceId: 'means' },
    ]);
  });

  it('are refused where the map does not fit the records', async () => {
    expect(await refusal('unnamed.json', records)).toMatchObject({
      message: expect.stringContaining('2 records that name no query'),
      hint: expect.stringContaining('--map'),
    });
    expect(await refusal('three.json', [...records, records[0]], { map: map() })).toMatchObject({
      message: expect.stringContaining('3 records, but the map names 2'),
    });
    const astray = write(
      'astray.jsonl',
      '{"index":9,"scenarioId":"a","queryId":"q2"}\n{"index":0,"scenarioId":"a","queryId":"q1"}\n',
    );
    expect(await refusal('astray.json', records, { map: astray })).toMatchObject({
      message: expect.stringContaining('the map names record 9 of 2'),
    });
  });
});

describe('a file that does not fit', () => {
  it.each<[string, string, unknown, ImportOptions, RegExp, object]>([
    [
      'a missing column',
      'missing.csv',
      'participant_id,item_id,value\np,a,1\n',
      {},
      /expected a column for the query/,
      { line: 1 },
    ],
    [
      'a value above 100',
      'above.csv',
      'subject_id,item_id,query_id,value\np,a,q1,101\n',
      {},
      /row 2: value: expected a value from 0 to 100, received 101/,
      { line: 2, path: 'value' },
    ],
    [
      'a value below 0 in a wide table',
      'below.csv',
      'subject_id,a__q1\np,-1\n',
      {},
      /row 2: a__q1: expected a value from 0 to 100, received -1/,
      { line: 2 },
    ],
    [
      'a nameless participant',
      'nameless.csv',
      'subject_id,item_id,query_id,value\n,a,q1,1\n',
      {},
      /row 2: subject_id is empty/,
      { line: 2 },
    ],
    [
      'an unknown stage',
      'stage.csv',
      'subject_id,item_id,query_id,value,stage\np,a,q1,1,real\n',
      {},
      /row 2: stage: expected draft, pilot, live, simulated, received "real"/,
      { line: 2 },
    ],
    [
      'two stages',
      'stages.csv',
      'subject_id,item_id,query_id,value,stage\np,a,q1,1,live\nr,a,q1,1,simulated\n',
      {},
      /mixes stages: live, simulated/,
      {},
    ],
    [
      'a second answer',
      'second.csv',
      'subject_id,item_id,query_id,value\np,a,q1,1\np,a,q1,2\n',
      {},
      /participant p answers query q1 of scenario a twice/,
      {},
    ],
    [
      'trials without items',
      'noitems.json',
      [{ trial_type: 'x', response: 4 }],
      {},
      /none of its 1 trials names an item_id and a query_id/,
      {},
    ],
    [
      'a trial above 100',
      'trial.json',
      [{ subject_id: 'p', item_id: 'a', query_id: 'q', response: 400 }],
      {},
      /\[0\]\.response: expected a value from 0 to 100, received 400/,
      { path: '[0]' },
    ],
    [
      'a nameless trial',
      'nobody.json',
      [{ item_id: 'a', query_id: 'q', response: 4 }],
      {},
      /\[0\]\.subject_id/,
      { path: '[0]' },
    ],
    [
      'shares that do not sum to 1',
      'shares.json',
      [{ input: 'x', output: '1', bins: [oneBin(1).map((share) => share / 2)] }],
      {},
      /\[0\]\.bins: expected shares that sum to 1, received a sum of 0\.5/,
      {},
    ],
    [
      'samples off the scale',
      'off.json',
      { q1: [0.5, 1.5] },
      { scale: 'unit' },
      /q1\[1\]: expected a value from 0 to 1, received 1\.5/,
      { path: 'q1[1]' },
    ],
    ['words alone', 'words.txt', 'hello\n', {}, /./, {}],
  ])('with %s is refused at its place', async (_, name, content, options, message, location) => {
    const error = await refusal(name, content, options);
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
    if (Object.keys(location).length > 0) expect(error).toMatchObject({ location });
  });
});

describe('credence import', () => {
  it('says what a file holds and writes lines that say the same', async () => {
    const file = write('said.json', {
      a: [
        { q1: [10, 20], q2: [] },
        { q1: [30], q2: [5] },
      ],
    });
    const out = join(folder, 'said.jsonl');
    const said = JSON.parse(await runCommand(importCommand, file, '--out', out, '--json'));
    expect(said).toEqual({
      kind: 'people',
      design: 'nested',
      stage: null,
      participants: 2,
      queries: 2,
      values: 4,
      missing: 1,
      repeated: 0,
      out,
    });
    expect(await runCommand(importCommand, out)).toBe('people: 2 participants, 2 queries, 4 values, 0 missing\n');
  });
});
