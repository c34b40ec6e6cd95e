/** A scenario as a row of the library: the columns lists are made from, and the whole of it as JSON. */
import type { ScenarioEntry, ScenarioFilter, Verdict } from '../../shared/library.ts';
import { motifCell, type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import type { SqlValue, WriteHandle } from '../store/database.ts';

const EXCERPT_LENGTH = 160;

/** The columns of a list's row; see `ScenarioEntry`. */
export const ENTRY_COLUMNS =
  'scenario_id AS id, domain, subdomain, style, source, cell, team_size AS teamSize, queries, verdict, reason, excerpt';
export type EntryRow = ScenarioEntry;

const searchText = ({ id, subdomain, background, conditions, queries }: Scenario): string =>
  [id, subdomain, background, ...conditions.map(({ text }) => text), ...queries.map(({ text }) => text)]
    .join('\n')
    .toLowerCase();

/** Lists show what sets a text apart: its first condition, or where it has none the beginning of its background. */
const excerptOf = ({ background, conditions }: Scenario): string =>
  (conditions[0]?.text ?? background).replace(/\s+/g, ' ').slice(0, EXCERPT_LENGTH);

/** The scenario as it is stored: its keys in the schema's order, so that equal scenarios are equal texts. */
export const storedText = (scenario: Scenario): string => JSON.stringify(scenarioSchema.parse(scenario));

/** Puts `scenario` in, over one of the same id; a change of it makes its verdict and posterior void. */
export function putScenario(write: WriteHandle, scenario: Scenario): void {
  const verdict: Verdict = scenario.program === undefined ? 'none' : 'unchecked';
  write.run('DELETE FROM posterior WHERE scenario_id = ?', scenario.id);
  write.run(
    `INSERT INTO scenario (scenario_id, domain, subdomain, style, cell, team_size, source, queries, verdict, reason, excerpt, search, scenario)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)
     ON CONFLICT (scenario_id) DO UPDATE SET domain = excluded.domain, subdomain = excluded.subdomain, style = excluded.style,
       cell = excluded.cell, team_size = excluded.team_size, source = excluded.source, queries = excluded.queries,
       verdict = excluded.verdict, reason = '', excerpt = excluded.excerpt, search = excluded.search, scenario = excluded.scenario`,
    scenario.id,
    scenario.domain,
    scenario.subdomain,
    scenario.style,
    scenario.motif ? motifCell(scenario.motif) : null,
    scenario.motif?.teamSize ?? null,
    scenario.source,
    scenario.queries.length,
    verdict,
    excerptOf(scenario),
    searchText(scenario),
    storedText(scenario),
  );
}

/** Takes a scenario out, with what was computed for it. */
export function removeScenario(write: WriteHandle, id: string): void {
  write.run('DELETE FROM posterior WHERE scenario_id = ?', id);
  write.run('DELETE FROM scenario WHERE scenario_id = ?', id);
}

/** The scenario as JSON text, or undefined. */
export const scenarioText = (write: WriteHandle, id: string): string | undefined =>
  write.get<{ scenario: string }>('SELECT scenario FROM scenario WHERE scenario_id = ?', id)?.scenario;

/** A stored text as the scenario it is. */
export const parseScenario = (text: string): Scenario => scenarioSchema.parse(JSON.parse(text));

/** The WHERE clause of a filter, with its values. */
export function whereOf(filter: ScenarioFilter): { readonly where: string; readonly values: SqlValue[] } {
  const { search, domain, style, cell, source, verdict } = filter;
  const tests: [string, string | null][] = [
    ['instr(search, ?) > 0', search === '' ? null : search.toLowerCase()],
    ['domain = ?', domain],
    ['style = ?', style],
    ['cell = ?', cell],
    ['source = ?', source],
    ['verdict = ?', verdict],
  ];
  const given = tests.flatMap(([test, value]) => (value === null ? [] : [{ test, value }]));
  return {
    where: given.length === 0 ? '' : `WHERE ${given.map(({ test }) => test).join(' AND ')}`,
    values: given.map(({ value }) => value),
  };
}
