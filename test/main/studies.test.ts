/** Studies as folders: the bundled ones load, and what does not fit the format is refused with file, line and path. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJson, pathText } from '../../main/jsonFile.ts';
import { resource } from '../../main/resources.ts';
import { findStudyFolders, loadStudy } from '../../main/studies.ts';
import { UserError } from '../../shared/errors.ts';
import { studyFileSchema } from '../../shared/study.ts';
import { smallStudy } from './smallStudy.ts';
import { FAST_PLACE } from './store/openLab.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(FAST_PLACE, 'studies-'));
  folder = join(root, 'rowing');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const { scenarios, ...studyFile } = smallStudy();

function write(file: unknown = studyFile, items: readonly unknown[] = scenarios): void {
  writeFileSync(join(folder, 'study.json'), typeof file === 'string' ? file : JSON.stringify(file));
  writeFileSync(
    join(folder, 'items.jsonl'),
    items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n'),
  );
}

function refusal(): UserError {
  try {
    loadStudy(folder);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('it loaded');
}

describe('a study folder', () => {
  it('loads, with empty lines between scenarios ignored', () => {
    write(studyFile, [scenarios[0], '', scenarios[1], '']);
    expect(loadStudy(folder)).toEqual(smallStudy());
  });

  it('is found by its study.json, in order of name', () => {
    write();
    mkdirSync(join(root, 'assets'));
    expect(findStudyFolders(root)).toEqual([folder]);
    expect(findStudyFolders(join(root, 'none'))).toEqual([]);
  });

  it.each(findStudyFolders(resource('studies')))('bundled at %s loads', (bundled) => {
    expect(loadStudy(bundled).scenarios.length).toBeGreaterThan(0);
  });

  it.each<[string, unknown, readonly unknown[], string, string, object]>([
    ['text that is no JSON', '{', scenarios, 'study.json', ': not valid JSON: ', {}],
    [
      'another format',
      { ...studyFile, format: 'other' },
      scenarios,
      'study.json',
      ': format: Invalid input: expected "credence-study"',
      { path: 'format' },
    ],
    ['an unknown key', { ...studyFile, extra: 1 }, scenarios, 'study.json', ': Unrecognized key: "extra"', {}],
    [
      'a bad scale',
      { ...studyFile, scales: [{ ...studyFile.scales[0], kind: 'size' }] },
      scenarios,
      'study.json',
      ': scales[0].kind: ',
      { path: 'scales[0].kind' },
    ],
    [
      'a bad scenario',
      studyFile,
      [scenarios[0], { ...scenarios[1], id: 'Lake B' }],
      'items.jsonl:2',
      ': id: ',
      { line: 2, path: 'id' },
    ],
    ['a broken line', studyFile, [scenarios[0], '{"id":'], 'items.jsonl:2', ': not valid JSON: ', { line: 2 }],
    ['no scenarios', studyFile, [], 'items.jsonl', ': no scenarios', {}],
    [
      'a block with an unknown scenario',
      studyFile,
      [scenarios[0]],
      'study.json',
      ': timeline[1].scenarioIds[1]: items.jsonl has no scenario "lake-b"',
      { path: 'timeline[1].scenarioIds[1]' },
    ],
    [
      'a query without a scale',
      { ...studyFile, scales: [studyFile.scales[0]] },
      scenarios,
      'study.json',
      ': scales: no scale for queries of kind contest (lake-a, next)',
      { path: 'scales' },
    ],
  ])('with %s is refused by name', (_, file, items, place, message, location) => {
    write(file, items);
    const error = refusal();
    expect(error.message).toContain(`${join(folder, place)}${message}`);
    expect(error.location).toMatchObject({ file: join(folder, place.split(':')[0]), ...location });
  });

  it('with one scenario twice is refused', () => {
    write(studyFile, [scenarios[0], scenarios[0], scenarios[1]]);
    expect(refusal().message).toBe(`${join(folder, 'items.jsonl')}: [1].id: the scenario "lake-a" is there twice`);
  });

  it('without items is refused by the file that is missing', () => {
    write();
    rmSync(join(folder, 'items.jsonl'));
    expect(() => loadStudy(folder)).toThrow(/ENOENT.*items\.jsonl/);
  });

  it('larger than is read is refused before it is parsed', () => {
    write(`"${' '.repeat(9 * 2 ** 20)}"`);
    expect(refusal().message).toBe(`${join(folder, 'study.json')}: 9437186 bytes, at most 8388608 are read`);
  });
});

describe('JSON from outside', () => {
  const place = { file: 'a.json' };
  it('is refused with a key that reaches the prototype, wherever it is', () => {
    expect(() => parseJson('{"scales":[{"__proto__":{}}]}', studyFileSchema, place)).toThrow(
      'a.json: the key "__proto__" is not allowed',
    );
    expect(() => parseJson('{"constructor":1}', studyFileSchema, place)).toThrow(
      'a.json: the key "constructor" is not allowed',
    );
  });

  it('is refused when nested deeper than 64', () => {
    const text = `${'['.repeat(70)}${']'.repeat(70)}`;
    expect(() => parseJson(text, studyFileSchema, place)).toThrow('a.json: nested deeper than 64');
  });

  it('names places as keys and indices', () => {
    expect(pathText(['items', 3, 'queries', 0, 'id'])).toBe('items[3].queries[0].id');
    expect(pathText([])).toBe('');
  });
});
