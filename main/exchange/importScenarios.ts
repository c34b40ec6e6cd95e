/**
 * Scenarios from other programs: JSON Lines (one scenario a line), CSV (one query a row, the columns of `COLUMNS`), or texts between
 * `<START_SCENARIO>` and `<END_SCENARIO>`. Which of them it is follows from the file's name; `.txt` is text.
 */
import { extname } from 'node:path';
import Papa from 'papaparse';
import { parseScenarioText, type ScenarioTextOptions } from '../../engine/scenario/parseScenarioText.ts';
import { UserError } from '../../shared/errors.ts';
import { type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import { parseJson, readTextFile } from '../jsonFile.ts';

const LARGEST_BYTES = 64 * 2 ** 20;

/** The columns of a CSV, one query a row: rows with the same `scenario_id` are one scenario; conditions are parted by line breaks. */
export const COLUMNS = [
  'scenario_id',
  'domain',
  'subdomain',
  'background',
  'conditions',
  'query_id',
  'query_kind',
  'query_text',
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

function readRows(text: string, file: string): Row[] {
  const { data, errors, meta } = Papa.parse<Row>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
  });
  const missing = COLUMNS.find((column) => !meta.fields?.includes(column));
  if (missing)
    throw new UserError(`${file}: the column "${missing}" is missing`, {
      hint: `expected the columns ${COLUMNS.join(', ')}; received ${(meta.fields ?? []).join(', ')}`,
      location: { file, line: 1 },
    });
  const [error] = errors;
  if (error) {
    const line = (error.row ?? 0) + 2;
    throw new UserError(`${file}:${line}: ${error.message}`, { location: { file, line } });
  }
  return data;
}

function fromCsv(text: string, file: string): Scenario[] {
  const byId = new Map<string, { row: Row; line: number; queries: object[] }>();
  for (const [index, row] of readRows(text, file).entries()) {
    const line = index + 2;
    const known = byId.get(row.scenario_id);
    if (known && (known.row.background !== row.background || known.row.conditions !== row.conditions))
      throw new UserError(`${file}:${line}: scenario ${row.scenario_id} has another text than in line ${known.line}`, {
        hint: 'give it another scenario_id, or the same background and conditions in all its rows',
        location: { file, line },
      });
    const query = { id: row.query_id, text: row.query_text, kind: row.query_kind, target: {} };
    if (known) known.queries.push(query);
    else byId.set(row.scenario_id, { row, line, queries: [query] });
  }
  return [...byId.values()].map(({ row, line, queries }) => {
    const conditions = row.conditions.split('\n').filter((one) => one.trim() !== '');
    const { domain, subdomain, background } = row;
    const scenario = {
      id: row.scenario_id,
      domain,
      subdomain,
      style: 'free-form',
      background,
      conditions: conditions.map((one) => ({ text: one.trim() })),
      queries,
      source: 'imported',
    };
    return parseJson(JSON.stringify(scenario), scenarioSchema, { file, line });
  });
}

function fromJsonLines(text: string, file: string): Scenario[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseJson(line, scenarioSchema, { file, line: index + 1 })]));
}

function refuseRepeated(scenarios: readonly Scenario[], file: string): void {
  const seen = new Set<string>();
  for (const { id } of scenarios) {
    if (seen.has(id)) throw new UserError(`${file}: scenario ${id} occurs twice`, { location: { file, path: id } });
    seen.add(id);
  }
}

/** The scenarios in a file. Throws a UserError with file and line for what does not fit. */
export const importScenarios = (file: string, options: Omit<ScenarioTextOptions, 'file'>): Scenario[] =>
  parseScenarios(readTextFile(file, LARGEST_BYTES), file, options);

/** The scenarios in a text; the ending of `file` says what it is. Throws a UserError with file and line for what does not fit. */
export function parseScenarios(text: string, file: string, options: Omit<ScenarioTextOptions, 'file'>): Scenario[] {
  const scenarios =
    extname(file) === '.csv'
      ? fromCsv(text, file)
      : extname(file) === '.txt'
        ? parseScenarioText(text, { ...options, file })
        : fromJsonLines(text, file);
  refuseRepeated(scenarios, file);
  return scenarios;
}
