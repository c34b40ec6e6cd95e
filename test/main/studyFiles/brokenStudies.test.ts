/** Broken study files, as folders and as zips: each is refused with its place and the reason, none crashes, and the sound one loads either way. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studyTexts } from '../../../engine/study/studyTexts.ts';
import { loadStudy } from '../../../main/studies.ts';
import { packStudy } from '../../../main/studyFiles/archive.ts';
import { UserError } from '../../../shared/errors.ts';
import { studySchema } from '../../../shared/study.ts';
import { FAST_PLACE } from '../store/openLab.ts';
import { BROKEN, type StudySource, soundStudy } from './brokenStudies.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(FAST_PLACE, 'broken-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** The files of the study after `change`: German is the English text in capitals. */
function filesOf(change: (sound: ReturnType<typeof soundStudy>) => void): StudySource {
  const sound = soundStudy();
  const whole = studySchema.parse({ ...sound.study, scenarios: sound.items });
  const german = Object.fromEntries([...studyTexts(whole)].map(([key, text]) => [key, text.toUpperCase()]));
  sound.files['locales/de.json'] = JSON.stringify(german);
  change(sound);
  return {
    'study.json': JSON.stringify(sound.study),
    'items.jsonl': sound.items.map((item) => JSON.stringify(item)).join('\n'),
    ...sound.files,
  };
}

function writeFolder(name: string, files: StudySource): string {
  const folder = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function writeZip(name: string, files: Record<string, Uint8Array>): string {
  const path = join(root, `${name}.credence-study`);
  writeFileSync(path, zipSync(files));
  return path;
}

function refusalOf(path: string): UserError {
  try {
    loadStudy(path);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it loaded');
}

describe('a sound study', () => {
  it('loads from a folder and from a zip as the same', () => {
    const files = filesOf(() => undefined);
    const folder = loadStudy(writeFolder('sound', files));
    expect(folder.translations?.de?.title).toBe('ROWING');
    const bytes = packStudy(new Map(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
    const zip = join(root, 'sound.credence-study');
    writeFileSync(zip, bytes);
    expect(loadStudy(zip)).toEqual(folder);
  });
});

describe('a study file', () => {
  it('is broken in at least sixty ways', () => expect(BROKEN.length).toBeGreaterThanOrEqual(60));

  it.each(BROKEN.map((row, i) => [row[0], i] as const))('with %s is refused, as folder and as zip', (_, i) => {
    const [, change, file, words] = BROKEN[i];
    const files = filesOf(change);
    const folder = writeFolder(`broken-${i}`, files);
    const zip = writeZip(
      `broken-${i}`,
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])),
    );
    for (const path of [folder, zip]) {
      const error = refusalOf(path);
      expect(error.location?.file).toBe(join(path, file));
      expect(`${error.message} ${error.location?.path ?? ''}`).toContain(words);
    }
  });

  const sound = (): Record<string, Uint8Array> =>
    Object.fromEntries(Object.entries(filesOf(() => undefined)).map(([path, text]) => [path, strToU8(text)]));
  it.each([
    ['../evil.json', 'leads out'],
    ['assets/../../evil.png', 'leads out'],
    ['/etc/passwd', 'leads out'],
    ['C:/evil.json', 'leads out'],
    ['assets\\evil.png', 'leads out'],
    ['run.sh', 'no such file'],
    ['assets/.hidden', 'no such file'],
  ])('zipped with %s in it is refused', (name, words) => {
    expect(refusalOf(writeZip('traversal', { ...sound(), [name]: strToU8('x') })).message).toContain(words);
  });

  it('zipped as a bomb is refused before it is unpacked', () => {
    const zip = writeZip('bomb', { ...sound(), 'assets/bomb.png': new Uint8Array(40 * 2 ** 20) });
    expect(refusalOf(zip).message).toMatch(/assets\/bomb\.png: \d+ bytes claim to unpack to 41943040/);
  });

  it('with one name twice in its zip is refused', () => {
    const path = writeZip('twice', { ...sound(), 'assets/a.png': strToU8('1'), 'assets/b.png': strToU8('2') });
    const bytes = Buffer.from(zipSync({ ...sound(), 'assets/a.png': strToU8('1'), 'assets/b.png': strToU8('2') }));
    writeFileSync(path, Buffer.from(bytes.toString('latin1').replaceAll('assets/b.png', 'assets/a.png'), 'latin1'));
    expect(refusalOf(path).message).toContain('assets/a.png: it is there twice');
  });

  it.each([
    ['text', 'this is no zip'],
    ['an empty file', ''],
    ['half a zip', null],
  ])('that is %s is refused', (_, text) => {
    const path = join(root, 'odd.credence-study');
    const whole = zipSync(sound());
    writeFileSync(path, text ?? whole.subarray(0, whole.length / 2));
    expect(refusalOf(path).message).toContain('not a zip file that can be read');
  });
});
