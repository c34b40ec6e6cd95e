/** Freezing and importing: one study, one hash, one file that is never replaced; scenarios from three formats, refused by file and line. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importScenarios } from '../../../main/exchange/importScenarios.ts';
import { createHost } from '../../../main/host.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy, loadStudyBundle } from '../../../main/studies.ts';
import { packStudy, unpackStudy } from '../../../main/studyFiles/archive.ts';
import { freezeStudy } from '../../../main/studyFiles/freeze.ts';
import { FAST_PLACE } from '../store/openLab.ts';

/** The smallest PNG: one transparent point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(FAST_PLACE, 'freeze-'));
  folder = join(root, 'ladder');
  cpSync(resource('studies', 'ladder'), folder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Changes `study.json`. */
function edit(change: (study: { version: string; title: string; stimuli?: object }) => void): void {
  const file = join(folder, 'study.json');
  const study = JSON.parse(readFileSync(file, 'utf8'));
  change(study);
  writeFileSync(file, JSON.stringify(study));
}

describe('a frozen study', () => {
  it('is the same file and hash whenever it is frozen, and never replaced by another', () => {
    const file = join(root, 'ladder.credence-study');
    const first = freezeStudy(loadStudyBundle(folder), file);
    const bytes = readFileSync(file);
    expect(first).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), isNew: true });
    expect(freezeStudy(loadStudyBundle(folder), file)).toEqual({ hash: first.hash, isNew: false });
    expect(freezeStudy(loadStudyBundle(file), join(root, 'again.credence-study')).hash).toBe(first.hash);
    expect(readFileSync(join(root, 'again.credence-study'))).toEqual(bytes);
    expect(loadStudy(file)).toEqual(loadStudy(folder));
    edit((study) => (study.version = '1.0.1'));
    expect(() => freezeStudy(loadStudyBundle(folder), file)).toThrow(
      expect.objectContaining({
        message: `${file}: the file is there already and holds another study`,
        hint: expect.stringContaining('raise "version"'),
        location: { file },
      }),
    );
  });

  it('is refused when it was changed afterwards', () => {
    const file = join(root, 'ladder.credence-study');
    freezeStudy(loadStudyBundle(folder), file);
    const files = new Map(unpackStudy(readFileSync(file), file));
    const text = Buffer.from(files.get('study.json') ?? []).toString('utf8');
    files.set('study.json', Buffer.from(text.replace('One player, eight days', 'One player, nine days')));
    writeFileSync(file, packStudy(files));
    expect(() => loadStudy(file)).toThrow(/the study was changed after it was frozen: expected [0-9a-f]{64}, found /);
  });

  it('brings its pictures into the workspace, where a participant can be given them', async () => {
    cpSync(folder, join(root, 'with-picture'), { recursive: true });
    folder = join(root, 'with-picture');
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'assets', 'table.png'), PNG);
    edit((study) => {
      study.stimuli = { 'ladder-1': [{ kind: 'image', asset: 'table.png', alternative: 'A table.' }] };
    });
    for (const locale of ['de', 'ar']) {
      const file = join(folder, 'locales', `${locale}.json`);
      const texts = { ...JSON.parse(readFileSync(file, 'utf8')), 'scenarios.ladder-1.stimuli.0': 'x' };
      writeFileSync(file, JSON.stringify(texts));
    }
    const frozen = join(root, 'frozen.credence-study');
    const { hash } = freezeStudy(loadStudyBundle(folder), frozen);
    const host = await createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });
    try {
      const versionId = host.importStudyFile(frozen);
      expect(versionId).toBe(hash);
      const researcher = { role: 'researcher' } as const;
      const { participantId } = await host.handlers['sessions.preview']({ versionId, seed: 1 }, researcher);
      const caller = { role: 'participant', participantId } as const;
      const asset = await host.handlers['participant.asset']({ name: 'table.png' }, caller);
      expect(asset).toEqual({ type: 'image/png', base64: PNG.toString('base64') });
      expect(() => host.handlers['participant.asset']({ name: 'other.png' }, caller)).toThrow(
        'this study has no asset "other.png"',
      );
    } finally {
      await host.close();
    }
  });
});

describe('scenarios of other programs', () => {
  const options = { domain: 'sports', subdomain: 'chess', idPrefix: 'chess', kinds: ['rank', 'contest'] } as const;
  const read = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return importScenarios(join(root, name), options);
  };
  const HEADER = 'scenario_id,domain,subdomain,background,conditions,query_id,query_kind,query_text\n';

  it('come from CSV, one query a row, with quotes, commas and line breaks', () => {
    const text = `\uFEFF${HEADER}a,sports,chess,"Ann, and Ben, play ""chess"".","Ann won.\nBen lost.",q1,rank,How good is Ann?\r\na,sports,chess,"Ann, and Ben, play ""chess"".","Ann won.\nBen lost.",q2,contest,Who is next?\r\n`;
    expect(read('s.csv', text)).toMatchObject([
      {
        id: 'a',
        background: 'Ann, and Ben, play "chess".',
        conditions: [{ text: 'Ann won.' }, { text: 'Ben lost.' }],
        queries: [
          { id: 'q1', kind: 'rank' },
          { id: 'q2', kind: 'contest' },
        ],
      },
    ]);
  });

  it('come from texts between markers, with the kinds that were given', () => {
    const text =
      '<START_SCENARIO>\nBACKGROUND\nAnn and Ben play chess.\n\nCONDITIONS\nAnn won.\nAnn won again.\n\nQUERIES\nQuery 1: How good is Ann?\nQuery 2: Who wins?\nQuery 3: And then?\n<END_SCENARIO>\n';
    const [first, second] = read('s.txt', text + text);
    expect(first).toMatchObject({ id: 'chess-1', conditions: [{ text: 'Ann won.' }, { text: 'Ann won again.' }] });
    expect(first.queries.map(({ kind }) => kind)).toEqual(['rank', 'contest', 'contest']);
    expect(second.id).toBe('chess-2');
  });

  it('come from JSON Lines as they are', () => {
    const { scenarios } = loadStudy(folder);
    const lines = scenarios.map(({ program: _, ...scenario }) => JSON.stringify(scenario)).join('\n');
    expect(read('s.jsonl', lines)).toHaveLength(8);
    expect(() => read('twice.jsonl', `${lines}\n${lines}`)).toThrow('scenario ladder-1 occurs twice');
  });

  it.each([
    ['a.csv', 'scenario_id,domain\na,sports\n', 'a.csv: the column "subdomain" is missing'],
    ['b.csv', `${HEADER}a,sports,chess,B,C,q1,rang,How?\n`, 'b.csv:2: queries[0].kind: '],
    [
      'c.csv',
      `${HEADER}a,sports,chess,B,C,q1,rank,How?\na,sports,chess,OTHER,C,q2,rank,How?\n`,
      'c.csv:3: scenario a has another text than in line 2',
    ],
    ['d.txt', 'no marker', 'd.txt: 0 scenarios begin, 0 end'],
    ['e.txt', '<START_SCENARIO>\nBACKGROUND\nx\n<END_SCENARIO>', 'e.txt:1: scenario 1 has no CONDITIONS'],
    [
      'f.txt',
      '\n<START_SCENARIO>\nBACKGROUND\nx\nCONDITIONS\nQUERIES\nWho?\n<END_SCENARIO>',
      'f.txt:2: "Who?" is no query',
    ],
    ['g.jsonl', '{"id":', 'g.jsonl:1: not valid JSON'],
  ])('are refused in %s by line', (name, text, message) => {
    expect(() => read(name, text)).toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) }),
    );
  });
});
