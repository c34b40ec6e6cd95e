/** Reads a study from its folder: study.json, items.jsonl with one scenario a line, and programs/<scenario id>.wppl beside them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type ErrorLocation, UserError } from '../../shared/errors.ts';
import { type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import { type Study, studyFileSchema, studySchema } from '../../shared/study.ts';

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`study: cannot read ${file}: ${error instanceof Error ? error.message : error}`, {
      hint: 'a study is a folder with study.json, items.jsonl and programs/',
      location: { file },
      cause: error,
    });
  }
}

function parseJson(text: string, location: ErrorLocation): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`study: ${location.file} is not JSON: ${error instanceof Error ? error.message : error}`, {
      location,
    });
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, location: ErrorLocation): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue.path.map(String).join('.');
  throw new UserError(`study: ${path ? `${path}: ` : ''}${issue.message}`, { location: { ...location, path } });
}

function readScenario(folder: string, line: string, location: ErrorLocation): Scenario {
  const scenario = check(scenarioSchema, parseJson(line, location), location);
  const programFile = join(folder, 'programs', `${scenario.id}.wppl`);
  return existsSync(programFile) ? { ...scenario, program: readText(programFile) } : scenario;
}

function refuseDoubles(scenarios: readonly Scenario[], file: string): void {
  const seen = new Set<string>();
  for (const [i, { id }] of scenarios.entries()) {
    if (seen.has(id))
      throw new UserError(`study: scenario id "${id}" occurs twice`, { location: { file, line: i + 1 } });
    seen.add(id);
  }
}

/** The study in `folder`. Throws UserError naming the file, the line and what is wrong there. */
export function readStudyFolder(folder: string): Study {
  const studyPath = join(folder, 'study.json');
  const itemsPath = join(folder, 'items.jsonl');
  const file = check(studyFileSchema, parseJson(readText(studyPath), { file: studyPath }), { file: studyPath });
  const scenarios = readText(itemsPath)
    .split('\n')
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => readScenario(folder, line, { file: itemsPath, line: number }));
  refuseDoubles(scenarios, itemsPath);
  return check(studySchema, { ...file, scenarios }, { file: itemsPath });
}
