/**
 * Studies as folders: `<slug>/study.json` with the scenarios beside it in `items.jsonl`, one a line, and their programs in
 * `programs/<scenario id>.wppl`, where they read and edit better than inside a line of JSON.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { type Scenario, scenarioSchema } from '../shared/scenario.ts';
import { type Study, studyFileSchema } from '../shared/study.ts';
import { parseJson, readTextFile } from './jsonFile.ts';

const LARGEST_STUDY_BYTES = 8 * 2 ** 20;
const LARGEST_ITEMS_BYTES = 64 * 2 ** 20;
const LARGEST_PROGRAM_BYTES = 200_000;

/** The scenario with the program from its own file, if it has one. */
function withProgram(scenario: Scenario, folder: string): Scenario {
  const file = join(folder, 'programs', `${scenario.id}.wppl`);
  return existsSync(file) ? { ...scenario, program: readTextFile(file, LARGEST_PROGRAM_BYTES) } : scenario;
}

function readScenarios(folder: string): Scenario[] {
  const file = join(folder, 'items.jsonl');
  const lines = readTextFile(file, LARGEST_ITEMS_BYTES).split('\n');
  return lines.flatMap((text, index) =>
    text.trim() === '' ? [] : [withProgram(parseJson(text, scenarioSchema, { file, line: index + 1 }), folder)],
  );
}

/** Throws a UserError where the flow and the scenarios do not fit together. */
function checkReferences(study: Study, folder: string): void {
  const file = join(folder, 'study.json');
  const known = new Set<string>();
  for (const scenario of study.scenarios) {
    if (known.has(scenario.id))
      throw new UserError(`${folder}: scenario ${scenario.id} occurs twice in items.jsonl`, { location: { file } });
    known.add(scenario.id);
  }
  for (const [index, node] of study.timeline.entries()) {
    if (node.kind !== 'block') continue;
    for (const id of node.scenarioIds)
      if (!known.has(id))
        throw new UserError(`${file}: timeline[${index}] names scenario ${id}, which items.jsonl does not have`, {
          location: { file, path: `timeline[${index}].scenarioIds` },
        });
  }
  const scaled = new Set(study.scales.map((scale) => scale.kind));
  for (const scenario of study.scenarios)
    for (const query of scenario.queries)
      if (!scaled.has(query.kind))
        throw new UserError(`${file}: no scale for queries of kind ${query.kind} (${scenario.id}, ${query.id})`, {
          location: { file, path: 'scales' },
        });
}

/** The study in a folder. Throws a UserError with file, line and path for anything that does not fit the format. */
export function loadStudy(folder: string): Study {
  const file = join(folder, 'study.json');
  const studyFile = parseJson(readTextFile(file, LARGEST_STUDY_BYTES), studyFileSchema, { file });
  const scenarios = readScenarios(folder);
  if (scenarios.length === 0)
    throw new UserError(`${join(folder, 'items.jsonl')}: no scenarios`, {
      location: { file: join(folder, 'items.jsonl') },
    });
  const study: Study = { ...studyFile, scenarios };
  checkReferences(study, folder);
  return study;
}

/** The folders under `root` that hold a study, by name. */
export function findStudyFolders(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'study.json')));
}
