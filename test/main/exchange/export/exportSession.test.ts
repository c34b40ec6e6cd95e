/** Exports: every format gives back what went in, leaves identities out, and appears whole or not at all. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportRequest } from '../../../../main/exchange/export/exportSource.ts';

import { subjectIdOf, WITHHELD } from '../../../../main/exchange/export/exportSource.ts';
import { importFile } from '../../../../main/exchange/import/importFile.ts';
import { readExportFolder } from '../../../../main/exchange/import/readExportFolder.ts';
import { readPeople } from '../../../../main/exchange/readPeople.ts';
import { CSV_DIALECTS, EXPORT_FORMATS, type ExportFormat } from '../../../../shared/exchange.ts';
import type { StoredResponse } from '../../../../shared/response.ts';
import { scratchFolder } from '../../../scratch.ts';
import type { Lab } from '../../store/openLab.ts';
import { openVariedLab, TYPED } from './variedLab.ts';

let lab: Lab;
let stored: StoredResponse[];
beforeAll(async () => {
  lab = await openVariedLab();
  stored = lab.responses();
});
afterAll(() => lab.remove());

async function exported(format: ExportFormat, more: Partial<ExportRequest> = {}): Promise<string> {
  const out = join(scratchFolder(), 'exported');
  await lab.host.exportSession({ format, dialect: 'plain', extras: [], out, ...more });
  return out;
}

/** What an export should give back: by participant in the order of the lab, without what was left out. */
function expectedResponses(extras: ExportRequest['extras']): unknown[] {
  return lab.participantIds.flatMap((id) =>
    stored
      .filter(({ participantId }) => participantId === id)
      .map(({ participantId, sessionId: _session, studyHash: _hash, stage: _stage, receivedAt, ...response }) => ({
        subjectId: subjectIdOf(participantId),
        response: {
          ...response,
          ...(response.text === undefined || extras.includes('texts') ? {} : { text: WITHHELD }),
          ...(extras.includes('times') ? { receivedAt } : {}),
        },
      })),
  );
}

async function readBack(folder: string): Promise<unknown[]> {
  const read: unknown[] = [];
  for await (const one of readExportFolder(folder)) read.push(one);
  return read;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe.each(['csv', 'psych-ds', 'jsonl', 'jspsych'] as const)('the %s format', (format) => {
  it('gives back every response as it was stored, changed answers too', async () => {
    expect(await readBack(await exported(format))).toEqual(expectedResponses([]));
    expect(stored.length).toBeGreaterThan(30);
  });

  it('gives back words and moments where they were asked for', async () => {
    const extras = ['texts', 'times'] as const;
    expect(await readBack(await exported(format, { extras }))).toEqual(expectedResponses(extras));
  });
});

describe('the csv format', () => {
  it.each(CSV_DIALECTS)('gives back the same in the dialect %s', async (dialect) => {
    const extras = ['texts', 'times'] as const;
    expect(await readBack(await exported('csv', { dialect, extras }))).toEqual(expectedResponses(extras));
  });

  it('disarms formulas for spreadsheets alone', async () => {
    const long = async (dialect: ExportRequest['dialect']): Promise<string> =>
      readFileSync(join(await exported('csv', { dialect, extras: ['texts'] }), 'responses_long.csv'), 'utf8');
    const [plain, excel] = [await long('plain'), await long('excel')];
    for (const typed of ['=1+1', '-5', '+43 1', '@you']) {
      expect(plain).toContain(`,"${typed}",`);
      expect(excel).toContain(`,"'${typed}",`);
    }
    expect(excel).toContain(`,"''=quoted",`);
    expect(excel.charCodeAt(0)).toBe(0xfeff);
    expect(excel).toMatch(/[^\r]"\r\n/);
    expect(plain.charCodeAt(0)).toBe('"'.charCodeAt(0));
  });

  it('holds the latest answers in the wide table, marks in columns of their own', async () => {
    const folder = await exported('csv');
    const wide = await readPeople(join(folder, 'responses_wide.csv'));
    const long = await readPeople(folder);
    expect(wide.groups[0].participants).toEqual(long.groups[0].participants);
    expect(wide.groups[0].queries).toEqual(long.groups[0].queries);
    expect(wide.groups[0].values).toEqual(long.groups[0].values);
  });

  it('comes with a codebook of every column and question, and scripts that name every table', async () => {
    const folder = await exported('csv');
    const codebook = JSON.parse(readFileSync(join(folder, 'codebook.json'), 'utf8'));
    const header = readFileSync(join(folder, 'responses_long.csv'), 'utf8')
      .split('\n', 1)[0]
      .replaceAll('"', '')
      .split(',');
    const described = codebook.variables.filter(({ table }: { table: string }) => table === 'responses_long');
    expect(described.map(({ name }: { name: string }) => name)).toEqual(header);
    expect(codebook.queries).toContainEqual(
      expect.objectContaining({
        scenarioId: 'lake-a',
        queryId: 'next',
        kind: 'contest',
        lowLabel: 'first',
        highLabel: 'second',
      }),
    );
    const loader = readFileSync(join(folder, 'load.R'), 'utf8');
    for (const name of header) expect(loader).toContain(`\`${name}\` = col_`);
    expect(readFileSync(join(folder, 'mixed_model.R'), 'utf8')).toContain(
      'lmer(value ~ model_mean + (1 + model_mean | subject_id) + (1 | item)',
    );
  });

  it('is loaded by its Python script with numbers, truths and missing values', async ({ skip }) => {
    const folder = await exported('csv', { dialect: 'excel' });
    const script = `import sys; sys.path.insert(0, ${JSON.stringify(folder)}); import load, json; t = load.load()
print(json.dumps([len(t["responses_long"]), t["responses_long"][0]["value"], t["responses_long"][0]["is_latest"], t["responses_long"][0]["text"], len(t["participants"])]))`;
    let printed: string;
    try {
      printed = execFileSync('python3', ['-c', script], { encoding: 'utf8' });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return skip('no Python here');
      throw error;
    }
    expect(JSON.parse(printed)).toEqual([stored.length, 12.5, false, null, 8]);
  });

  it('says on its page that the people are simulated, and needs nothing outside it', async () => {
    const page = readFileSync(join(await exported('csv'), 'report.html'), 'utf8');
    expect(page).toContain('SIMULATED PARTICIPANTS');
    expect(page).toContain('8 participants were added, 8 of them answered');
    // Ratings 100 … 93 of eight people: 96.5, and t(7) = 2.3646 times √6 / √8 to either side.
    expect(page).toContain('<td>8</td><td>96.5</td><td>[94.5, 98.5]</td><td>2.4</td>');
    expect(page).toContain('95 % Student’s t over people');
    expect(page).not.toMatch(/(src|href)=/);
    expect(page).not.toMatch(/NaN|undefined/);
  });
});

describe('the msa and ppt formats', () => {
  it('give back people’s values, records by scenario', async () => {
    const read = await readPeople(join(await exported('msa'), 'msa_multiclick.json'));
    const long = await readPeople(await exported('csv'));
    expect(read.design).toBe('nested');
    expect(read.groups.flatMap(({ queries }) => queries)).toEqual(long.groups[0].queries);
    const sorted = (groups: typeof long.groups): number[] =>
      groups.flatMap(({ values }) => values.flat()).sort((a, b) => a - b);
    expect(sorted(read.groups)).toEqual(sorted(long.groups));
    expect(sorted(read.groups).length).toBeGreaterThan(10);
  });

  it('give back the shares of the 101 answers, half-way values on the even one', async () => {
    const folder = await exported('ppt');
    const found = await importFile(join(folder, 'ppt_bins.json'), { map: join(folder, 'ppt_map.jsonl') });
    const people = (await readPeople(await exported('csv'))).groups[0];
    if (found.kind !== 'answers') throw new Error('no answers');
    for (const { scenarioId, queryId, bins } of found.answers) {
      const q = people.queries.findIndex((query) => query.queryId === queryId && query.scenarioId === scenarioId);
      const values = people.participants.flatMap((_, p) => [...people.values[p * people.queries.length + q]]);
      const expected = new Array<number>(101).fill(0);
      for (const value of values) {
        const below = Math.floor(value);
        const isUp = value - below > 0.5 || (value - below === 0.5 && below % 2 === 1);
        expected[isUp ? below + 1 : below] += 1 / values.length;
      }
      bins?.forEach((share, i) => {
        expect(share).toBeCloseTo(expected[i], 12);
      });
    }
    expect(found.answers).toHaveLength(5);
  });
});

describe('every format', () => {
  it.each(EXPORT_FORMATS)('%s leaves out names, typed words, moments and the store’s ids', async (format) => {
    const folder = await exported(format);
    for (const file of filesBelow(folder)) {
      const text = readFileSync(file, 'utf8');
      expect(text).not.toMatch(/Person \d/);
      for (const id of lab.participantIds) expect(text).not.toContain(id);
      expect(text).not.toContain(TYPED[5]);
      expect(text).not.toContain(stored[0].receivedAt);
    }
  });

  it('names people where that was asked for', async () => {
    const folder = await exported('csv', { extras: ['identities'] });
    expect(readFileSync(join(folder, 'participants.csv'), 'utf8')).toContain('"Person 3"');
  });

  it.each(EXPORT_FORMATS)('%s leaves nothing behind when it is cancelled', async (format) => {
    const parent = scratchFolder();
    const run = lab.host.exportSession(
      { format, dialect: 'plain', extras: [], out: join(parent, 'exported') },
      { signal: AbortSignal.abort() },
    );
    await expect(run).rejects.toMatchObject({ name: 'CancelledError', message: 'export: cancelled' });
    expect(readdirSync(parent)).toEqual([]);
  });

  it('replaces an export and refuses any other folder', async () => {
    const out = await exported('csv');
    await lab.host.exportSession({ format: 'jsonl', dialect: 'plain', extras: [], out });
    expect(existsSync(join(out, 'responses_long.csv'))).toBe(false);
    const other = join(scratchFolder(), 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'mine');
    await expect(
      lab.host.exportSession({ format: 'csv', dialect: 'plain', extras: [], out: other }),
    ).rejects.toMatchObject({
      name: 'UserError',
      message: `${other}: the folder holds files that are not an export`,
      hint: 'choose another folder with --out',
    });
    expect(readFileSync(join(other, 'thesis.txt'), 'utf8')).toBe('mine');
  });

  it('refuses a session that is not there', async () => {
    const out = join(scratchFolder(), 'exported');
    await expect(
      lab.host.exportSession({ sessionId: 'nobody', format: 'csv', dialect: 'plain', extras: [], out }),
    ).rejects.toMatchObject({ name: 'UserError', message: 'no session nobody' });
  });
});
