/** `credence compare` on the command line: JSON that names its options, a table that reads, a refusal without files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCommand } from '../../../main/commands/compare.ts';
import { runCommand } from './runCommand.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-compare-command-'));
  const people = {
    a: [
      { q1: [10, 20], q2: [50], q3: [80] },
      { q1: [20], q2: [60], q3: [70, 90] },
      { q1: [5], q2: [40], q3: [95] },
    ],
  };
  writeFileSync(join(folder, 'people.json'), JSON.stringify(people));
  writeFileSync(
    join(folder, 'program.json'),
    JSON.stringify({ a: { q1: { mean: 15 }, q2: { mean: 55 }, q3: { mean: 80 } } }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = (): string[] => [
  '--human',
  join(folder, 'people.json'),
  '--answers',
  join(folder, 'program.json'),
  '--replicates',
  '200',
  '--splits',
  '20',
];

describe('credence compare', () => {
  it('prints everything as JSON, the same for the same seed', async () => {
    const first = await runCommand(compareCommand, ...files(), '--bare', '--json', '--seed', '3');
    expect(JSON.parse(first)).toMatchObject({
      design: 'nested',
      people: { participants: 3, queries: 3, values: 11 },
      sources: [{ label: 'external program', r: { value: expect.closeTo(0.992924, 6) } }],
      options: { aggregation: 'person-means', unit: 'participants', replicates: 200, splits: 20, seed: 3 },
    });
    expect(await runCommand(compareCommand, ...files(), '--bare', '--json', '--seed', '3')).toBe(first);
    expect(await runCommand(compareCommand, ...files(), '--bare', '--json', '--seed', '4')).not.toBe(first);
  });

  it('prints a table with n, interval, seed and why numbers are missing', async () => {
    const text = await runCommand(compareCommand, ...files());
    expect(text).toMatch(/^people: 3 records, each of one scenario, 3 queries, 11 values, 0 missing\n/);
    expect(text).toMatch(/\nexternal program {2}0\.99 \[/);
    expect(text).toContain(
      '95 % percentile bootstrap over participants, centred on the estimate, 200 replicates, 20 splits, person-means, seed 1',
    );
    expect(text).toContain('note: intervals rest on 3 queries, fewer than 10');
  });

  it('draws a ladder and training curves where they are asked for', async () => {
    const people = { s1: [{ q: [10] }, { q: [20] }], s2: [{ q: [40] }, { q: [50] }] };
    writeFileSync(join(folder, 'steps.json'), JSON.stringify(people));
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ s1: { q: { mean: 12 } }, s2: { q: { mean: 44 } } }));
    const run = join(folder, 'seed-1');
    mkdirSync(run);
    const step = { event: 'step', step: 1, loss: 4.6, learningRate: 0.001, gradientNorm: 1.5 };
    writeFileSync(
      join(run, 'log.jsonl'),
      `${JSON.stringify(step)}\n${JSON.stringify({ ...step, step: 2, loss: 4 })}\n`,
    );
    const out = join(folder, 'ladder');
    const asked = ['--human', join(folder, 'steps.json'), '--answers', join(folder, 'own.json'), '--replicates', '100'];
    const drawing = [...asked, '--splits', '10', '--run', run, '--out', out];
    await runCommand(compareCommand, ...drawing, '--ladder', 'q:s1,s2');
    expect(readFileSync(join(out, 'ladder.svg'), 'utf8')).toContain('external own, s2: 44.0');
    expect(readFileSync(join(out, 'loss.svg'), 'utf8')).toContain('Runs seed-1');
    await expect(runCommand(compareCommand, ...drawing, '--ladder', 'q:s1,s9')).rejects.toThrow(
      'ladder: people were not asked query q of scenario s9',
    );
    await expect(runCommand(compareCommand, ...drawing, '--ladder', 's1')).rejects.toThrow(
      '--ladder: expected QUERY:ID,ID,… with two scenarios at least, received "s1"',
    );
  });

  it('draws every scenario asked for, with the overlay of each query that has a distribution', async () => {
    const people = { s1: [{ q: [10] }, { q: [20] }], s2: [{ q: [40] }, { q: [50] }] };
    writeFileSync(join(folder, 'two.json'), JSON.stringify(people));
    const bins = new Array<number>(101).fill(1 / 101);
    writeFileSync(
      join(folder, 'flat.json'),
      JSON.stringify({ s1: { q: { mean: 50, bins } }, s2: { q: { mean: 50, bins } } }),
    );
    const asked = ['--human', join(folder, 'two.json'), '--answers', join(folder, 'flat.json'), '--replicates', '100'];
    const out = join(folder, 'scenarios');
    await runCommand(compareCommand, ...asked, '--splits', '10', '--scenario', 's1', '--scenario', 's2', '--out', out);
    for (const name of ['scenario-s1.svg', 'overlay-s1-q.csv', 'scenario-s2.svg', 'overlay-s2-q.svg'])
      expect(readdirSync(out)).toContain(name);
    const overlay = readFileSync(join(out, 'overlay-s1-q.svg'), 'utf8');
    expect(overlay).toContain('People: mean 15.0, 95 % of the distribution in [10, 20], n = 2 people');
    expect(overlay).toContain('external flat: mean 50.0, 95 % of the distribution in [2, 98], n = 1 distribution');
    expect(readFileSync(join(out, 'overlay-s1-q.csv'), 'utf8').split('\n')[11]).toMatch(/^10,0\.5,0\.0099/);
  });

  it('writes figures, their numbers and everything as JSON into a folder of its own', async () => {
    const out = join(folder, 'result');
    await runCommand(compareCommand, ...files(), '--out', out);
    expect(readdirSync(out).sort()).toEqual([
      'comparison.json',
      'error.csv',
      'error.svg',
      'scatter.csv',
      'scatter.svg',
    ]);
    const rows = readFileSync(join(out, 'scatter.csv'), 'utf8').trim().split('\n');
    expect(rows[0]).toBe('source,source_id,item_id,query_id,query_type,answer_mean,people_mean,people_se');
    expect(rows).toHaveLength(7);
    expect(rows[2]).toMatch(/^external,program,a,q2,,55,50,/);
    const svg = readFileSync(join(out, 'scatter.svg'), 'utf8');
    expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg [^>]*data-theme="light"><style>/);
    expect(svg).toMatch(
      /People’s answers [0-9a-f]{8} · 3 records · 3 queries · 0 missing, 0 repeated left out · 95 % percentile bootstrap/,
    );
    await runCommand(compareCommand, ...files(), '--out', out);
    await expect(runCommand(compareCommand, ...files(), '--out', folder)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('the folder holds files that are not a comparison'),
    });
  });

  it('asks for the files it needs', async () => {
    await expect(runCommand(compareCommand)).rejects.toMatchObject({
      name: 'UserError',
      message: 'compare: --human is missing',
    });
    await expect(runCommand(compareCommand, '--human', 'x')).rejects.toMatchObject({
      message: 'compare: --answers is missing',
    });
  });
});
