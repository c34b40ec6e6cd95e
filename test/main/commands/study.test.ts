/** `credence study`: the bundled study is valid and simulated people answer it; the result feeds the comparison, damage is named. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCommand } from '../../../main/commands/compare.ts';
import { studySimulateCommand } from '../../../main/commands/studySimulate.ts';
import { studyValidateCommand } from '../../../main/commands/studyValidate.ts';
import { resource } from '../../../main/resources.ts';
import { runCommand } from './runCommand.ts';

const bundled = resource('studies', 'field-day');
let folder: string;
let small: string;

/** The bundled study with one scenario, whose program runs fast. */
function writeSmallStudy(to: string): void {
  cpSync(bundled, to, { recursive: true });
  const items = readFileSync(join(to, 'items.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('running-one-on-one'));
  writeFileSync(join(to, 'items.jsonl'), `${items[0]}\n`);
  const study = JSON.parse(readFileSync(join(to, 'study.json'), 'utf8'));
  for (const node of study.timeline) if (node.kind === 'block') node.scenarioIds = ['running-one-on-one'];
  writeFileSync(join(to, 'study.json'), JSON.stringify(study));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-study-command-'));
  small = join(folder, 'small');
  writeSmallStudy(small);
});
afterAll(() => rmSync(folder, { recursive: true }));

const validate = (...args: string[]): Promise<string> => runCommand(studyValidateCommand, ...args);
const simulate = (...args: string[]): Promise<string> => runCommand(studySimulateCommand, ...args);

describe('credence study validate', () => {
  it('runs every program and prints what it answers', async () => {
    const text = await validate(small, '--precision', '4');
    expect(text).toMatch(/^Field day, version 1\.0\.0: 1 scenarios, 6 queries, every program answers\n/);
    expect(text).toMatch(/running-one-on-one {2}q1 \d+\.\d {2}q2 .* \(rejection\)\n/);
  });

  it('names the scenario and the query a program leaves out', async () => {
    const broken = join(folder, 'broken');
    writeSmallStudy(broken);
    const program = join(broken, 'programs', 'running-one-on-one.wppl');
    writeFileSync(program, readFileSync(program, 'utf8').replace('q6:', 'q7:'));
    await expect(validate(broken, '--precision', '8')).rejects.toMatchObject({
      name: 'UserError',
      message: 'study field-day: the program of scenario running-one-on-one gives no number for query q6',
      hint: 'it returns q1, q2, q3, q4, q5, q7; a program returns one number per query id',
      location: { path: 'running-one-on-one/q6' },
    });
    rmSync(program);
    await expect(validate(broken)).rejects.toMatchObject({
      message: 'study field-day: scenario running-one-on-one has no program',
      hint: 'put it in programs/running-one-on-one.wppl',
    });
  });
});

describe('credence study simulate', () => {
  it('writes people and program for the comparison, the same for the same seed', async () => {
    const out = join(folder, 'simulated');
    const args = [
      small,
      '--out',
      out,
      '--participants',
      '6',
      '--precision',
      '4',
      '--seed',
      '9',
      '--profile',
      'noisy-posterior',
    ];
    expect(await simulate(...args)).toMatch(
      /^6 SIMULATED people \(noisy-posterior in turn, seed 9\) answered Field day/,
    );
    expect(readdirSync(out).sort()).toEqual(['people.jsonl', 'program.jsonl']);
    const people = readFileSync(join(out, 'people.jsonl'), 'utf8');
    expect(people.trim().split('\n')).toHaveLength(36);
    await simulate(...args);
    expect(readFileSync(join(out, 'people.jsonl'), 'utf8')).toBe(people);

    const compared = await runCommand(
      compareCommand,
      '--human',
      join(out, 'people.jsonl'),
      '--answers',
      join(out, 'program.jsonl'),
      '--study',
      small,
      '--replicates',
      '100',
      '--splits',
      '20',
      '--json',
    );
    expect(JSON.parse(compared)).toMatchObject({
      stage: 'simulated',
      design: 'crossed',
      people: { participants: 6, queries: 6 },
    });
    expect(JSON.parse(compared).sources[0].r.value).toBeGreaterThan(0.7);
  });

  it('asks for a place to write, knows its profiles, and replaces only simulations', async () => {
    await expect(simulate(small)).rejects.toMatchObject({ message: 'study simulate: --out is missing' });
    await expect(simulate(small, '--out', join(folder, 'x'), '--profile', 'carless')).rejects.toMatchObject({
      message: expect.stringContaining('received "carless"'),
      hint: 'did you mean careless?',
    });
    await expect(simulate(small, '--out', folder, '--precision', '8')).rejects.toMatchObject({
      message: expect.stringContaining('the folder holds files that are not a simulation'),
    });
  });
});
