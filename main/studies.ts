/**
 * Studies as files: a folder or a `.credence-study` zip with `study.json`, the scenarios beside it in `items.jsonl`, one a line, their
 * programs in `programs/<scenario id>.wppl`, translations in `locales/<tag>.json`, pictures and sounds in `assets/`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { type Scenario, scenarioSchema } from '../shared/scenario.ts';
import {
  type Asset,
  type Study,
  studyFileSchema,
  studySchema,
  type Translation,
  translationSchema,
} from '../shared/study.ts';
import { parseJson } from './jsonFile.ts';
import { nameFile } from './processes/durableFiles.ts';
import { canonicalHash } from './store/canonicalJson.ts';
import { isStudyPath, type StudyFiles, unpackStudy } from './studyFiles/archive.ts';
import { describeAsset } from './studyFiles/assets.ts';
import { refuseFaults } from './studyFiles/faults.ts';

const LARGEST_BYTES: readonly (readonly [RegExp, number])[] = [
  [/^study\.json$/, 8 * 2 ** 20],
  [/^items\.jsonl$/, 64 * 2 ** 20],
  [/^locales\//, 8 * 2 ** 20],
  [/^programs\//, 200_000],
];
const LARGEST_ASSET_BYTES = 16 * 2 ** 20;
const FOLDERS = ['', 'locales', 'programs', 'assets'];

/** A study with the bytes of its assets, by name. `files` are the files it was read from. */
export type StudyBundle = {
  readonly study: Study;
  readonly assets: ReadonlyMap<string, Uint8Array>;
  readonly files: StudyFiles;
};

function refuseLarge(place: string, path: string, size: number): void {
  const largest = LARGEST_BYTES.find(([pattern]) => pattern.test(path))?.[1] ?? LARGEST_ASSET_BYTES;
  const file = join(place, path);
  if (size > largest)
    throw new UserError(`${file}: ${size} bytes, at most ${largest} are read`, { location: { file } });
}

/** The files of a study's folder. Others than a study has are left alone. */
function readFolder(folder: string): StudyFiles {
  const files = new Map<string, Uint8Array>();
  for (const inner of FOLDERS) {
    const place = join(folder, inner);
    if (!existsSync(place)) continue;
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (!entry.isFile() || !isStudyPath(path)) continue;
      refuseLarge(folder, path, statSync(join(folder, path)).size);
      files.set(path, readFileSync(join(folder, path)));
    }
  }
  return files;
}

function readFiles(path: string): StudyFiles {
  try {
    return statSync(path).isDirectory() ? readFolder(path) : unpackStudy(readFileSync(path), path);
  } catch (error) {
    throw error instanceof UserError ? error : nameFile(error, path);
  }
}

/** What reads the text of one file of a study. */
type Reader = { readonly place: string; readonly files: StudyFiles };

function readText({ place, files }: Reader, path: string): string {
  const bytes = files.get(path);
  const file = join(place, path);
  if (!bytes)
    throw new UserError(`${file}: the file is missing (ENOENT: ${file})`, {
      hint: 'a study is a .credence-study file or a folder with study.json and items.jsonl',
      location: { file },
    });
  refuseLarge(place, path, bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${file}: the text is not UTF-8`, { location: { file } });
  }
}

/** The scenario with the program from its own file, if it has one. */
function withProgram(reader: Reader, scenario: Scenario): Scenario {
  const path = `programs/${scenario.id}.wppl`;
  return reader.files.has(path) ? { ...scenario, program: readText(reader, path) } : scenario;
}

function readScenarios(reader: Reader): Scenario[] {
  const file = join(reader.place, 'items.jsonl');
  const lines = readText(reader, 'items.jsonl').split('\n');
  const scenarios = lines.flatMap((text, index) =>
    text.trim() === '' ? [] : [withProgram(reader, parseJson(text, scenarioSchema, { file, line: index + 1 }))],
  );
  if (scenarios.length === 0) throw new UserError(`${file}: no scenarios`, { location: { file } });
  return scenarios;
}

function readTranslations(reader: Reader): Record<string, Translation> {
  const paths = [...reader.files.keys()].filter((path) => path.startsWith('locales/')).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(reader.place, path);
      return [
        path.slice('locales/'.length, -'.json'.length),
        parseJson(readText(reader, path), translationSchema, { file }),
      ];
    }),
  );
}

function readAssets({ place, files }: Reader): { assets: Map<string, Uint8Array>; described: Asset[] } {
  const assets = new Map<string, Uint8Array>();
  const described: Asset[] = [];
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path.startsWith('assets/')) continue;
    refuseLarge(place, path, bytes.length);
    const name = path.slice('assets/'.length);
    assets.set(name, bytes);
    described.push(describeAsset(name, bytes, join(place, path)));
  }
  return { assets, described };
}

const frozenSchema = z.strictObject({ format: z.literal('credence-frozen-study'), hash: z.string() });

/** Throws a UserError when a frozen study is not the one that was frozen. */
function refuseChanged(reader: Reader, study: Study): void {
  if (!reader.files.has('frozen.json')) return;
  const file = join(reader.place, 'frozen.json');
  const { hash } = parseJson(readText(reader, 'frozen.json'), frozenSchema, { file });
  const found = canonicalHash(study).toString('hex');
  if (hash !== found)
    throw new UserError(
      `${reader.place}: the study was changed after it was frozen: expected ${hash}, found ${found}`,
      {
        hint: 'take the frozen file again, or give the changed study a new version and freeze that',
        location: { file },
      },
    );
}

/** The study in a folder or zip. Throws a UserError with file, line and path for anything that does not fit. */
export function loadStudyBundle(path: string): StudyBundle {
  const reader: Reader = { place: path, files: readFiles(path) };
  const file = join(path, 'study.json');
  const studyFile = parseJson(readText(reader, 'study.json'), studyFileSchema, { file });
  const translations = readTranslations(reader);
  const { assets, described } = readAssets(reader);
  const study = studySchema.parse({
    ...studyFile,
    scenarios: readScenarios(reader),
    ...(Object.keys(translations).length === 0 ? {} : { translations }),
    ...(described.length === 0 ? {} : { assets: described }),
  });
  refuseFaults(study, path);
  refuseChanged(reader, study);
  return { study, assets, files: reader.files };
}

/** The study in a folder or zip, without the bytes of its assets. */
export const loadStudy = (path: string): Study => loadStudyBundle(path).study;

/** The folders under `root` that hold a study, by name. */
export function findStudyFolders(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'study.json')));
}
