/**
 * The scenario library: what the researcher collects, edits and runs. Every change can be taken back: an edit keeps, of each scenario it
 * touched, the state that is not in the library now, so that undo and redo are the same exchange.
 */
import { UserError } from '../../shared/errors.ts';
import type { EditState, ScenarioEntry, ScenarioFilter, ScenarioSelection, Verdict } from '../../shared/library.ts';
import { type Posterior, posteriorSchema } from '../../shared/posterior.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { WriteHandle } from '../store/database.ts';
import {
  ENTRY_COLUMNS,
  parseScenario,
  putScenario,
  removeScenario,
  scenarioText,
  storedText,
  whereOf,
} from './scenarioRows.ts';
import { createScenarioSearch } from './scenarioSearch.ts';

/** Edits that can be taken back; older ones are final. */
const KEPT_EDITS = 200;
const PAGE = 256;

export type ScenarioPage = { readonly total: number; readonly entries: ScenarioEntry[] };

export type ScenarioLibrary = {
  /** The scenarios a filter lets through, newest first: `total` of them, and those from `offset`, at most `limit`. */
  list(filter: ScenarioFilter, range: { readonly offset: number; readonly limit: number }): ScenarioPage;
  /** Motif cells and how many scenarios each has. */
  cells(): { readonly cell: string; readonly scenarios: number }[];
  /** Throws UserError for an id that is not there. */
  read(id: string): {
    readonly scenario: Scenario;
    readonly entry: ScenarioEntry;
    readonly posterior: Posterior | null;
  };
  /** The selected scenarios in the order they came, streamed. */
  select(selection: ScenarioSelection): Generator<Scenario>;
  count(selection: ScenarioSelection): number;
  /** Puts scenarios in, each over one of the same id, as one edit with this label. */
  save(label: string, scenarios: Iterable<Scenario>): number;
  remove(label: string, ids: readonly string[]): number;
  edits(): EditState;
  undo(): EditState;
  redo(): EditState;
  /** Keeps what running a scenario's program gave; ignored where the scenario is no longer the one that ran. */
  keepVerdict(
    scenario: Scenario,
    verdict: Verdict,
    found: { readonly reason: string; readonly posterior: Posterior | null },
  ): void;
};

/** Notes in edit `seq` what a scenario was before it. */
const noteBefore = (write: WriteHandle, seq: number, id: string): void =>
  void write.run(
    'INSERT OR IGNORE INTO edit_scenario (edit_seq, scenario_id, other) VALUES (?, ?, ?)',
    seq,
    id,
    scenarioText(write, id) ?? null,
  );

function beginEdit(write: WriteHandle, label: string): number {
  write.run('DELETE FROM edit WHERE is_undone = 1');
  write.run('INSERT INTO edit (label, is_undone) VALUES (?, 0)', label);
  const seq = write.get<{ seq: number }>('SELECT max(edit_seq) AS seq FROM edit')?.seq ?? 0;
  write.run('DELETE FROM edit WHERE edit_seq <= ?', seq - KEPT_EDITS);
  return seq;
}

/** Exchanges what the library holds of an edit's scenarios for what the edit keeps of them. */
function exchange(write: WriteHandle, seq: number, isUndone: boolean): void {
  const touched = write.all<{ scenario_id: string; other: string | null }>(
    'SELECT scenario_id, other FROM edit_scenario WHERE edit_seq = ?',
    seq,
  );
  for (const { scenario_id: id, other } of touched) {
    const current = scenarioText(write, id) ?? null;
    write.run('UPDATE edit_scenario SET other = ? WHERE edit_seq = ? AND scenario_id = ?', current, seq, id);
    if (other === null) removeScenario(write, id);
    else putScenario(write, parseScenario(other));
  }
  write.run('UPDATE edit SET is_undone = ? WHERE edit_seq = ?', isUndone ? 1 : 0, seq);
}

const nextToUndo = (write: WriteHandle) =>
  write.get<{ seq: number; label: string }>(
    'SELECT edit_seq AS seq, label FROM edit WHERE is_undone = 0 ORDER BY edit_seq DESC LIMIT 1',
  );
const nextToRedo = (write: WriteHandle) =>
  write.get<{ seq: number; label: string }>(
    'SELECT edit_seq AS seq, label FROM edit WHERE is_undone = 1 ORDER BY edit_seq LIMIT 1',
  );

const editState = (write: WriteHandle): EditState => ({
  undo: nextToUndo(write)?.label ?? null,
  redo: nextToRedo(write)?.label ?? null,
});

const notThere = (id: string): UserError =>
  new UserError(`no scenario ${id} in this library`, { hint: 'it may have been deleted; undo brings it back' });

function readOne(write: WriteHandle, id: string): ReturnType<ScenarioLibrary['read']> {
  const entry = write.get<ScenarioEntry>(`SELECT ${ENTRY_COLUMNS} FROM scenario WHERE scenario_id = ?`, id);
  const text = scenarioText(write, id);
  if (!entry || text === undefined) throw notThere(id);
  const found = write.get<{ posterior: string }>('SELECT posterior FROM posterior WHERE scenario_id = ?', id);
  return {
    scenario: parseScenario(text),
    entry,
    posterior: found ? posteriorSchema.parse(JSON.parse(found.posterior)) : null,
  };
}

/** By ordinal, a page at a time, so that what happens to the library in between is no matter. */
function* selectFiltered(write: WriteHandle, filter: ScenarioFilter): Generator<Scenario> {
  const { where, values } = whereOf(filter);
  for (let after = 0; ; ) {
    const rows = write.all<{ ordinal: number; scenario: string }>(
      `SELECT ordinal, scenario FROM scenario ${where === '' ? 'WHERE' : `${where} AND`} ordinal > ? ORDER BY ordinal LIMIT ${PAGE}`,
      ...values,
      after,
    );
    for (const { scenario } of rows) yield parseScenario(scenario);
    const last = rows.at(-1);
    if (!last) return;
    after = last.ordinal;
  }
}

function* selectIds(write: WriteHandle, ids: readonly string[]): Generator<Scenario> {
  for (const id of ids) {
    const text = scenarioText(write, id);
    if (text === undefined) throw notThere(id);
    yield parseScenario(text);
  }
}

/** The library over its open database. `onChange` is called after each change. */
export function createScenarioLibrary(write: WriteHandle, onChange: () => void): ScenarioLibrary {
  const search = createScenarioSearch(write);
  const changing = <T>(work: () => T): T => {
    search.forget();
    const result = write.transaction(work);
    onChange();
    return result;
  };
  return {
    list(filter, { offset, limit }) {
      const found = search.find(filter);
      const ordinals = found.slice(offset, offset + limit);
      const entries = write.all<ScenarioEntry>(
        `SELECT ${ENTRY_COLUMNS} FROM scenario WHERE ordinal IN (SELECT value FROM json_each(?)) ORDER BY ordinal DESC`,
        JSON.stringify(ordinals),
      );
      return { total: found.length, entries };
    },
    cells: () =>
      write.all('SELECT cell, count(*) AS scenarios FROM scenario WHERE cell IS NOT NULL GROUP BY cell ORDER BY cell'),
    read: (id) => readOne(write, id),
    select: (selection) =>
      'ids' in selection ? selectIds(write, selection.ids) : selectFiltered(write, selection.filter),
    count: (selection) => ('ids' in selection ? selection.ids.length : search.find(selection.filter).length),
    save: (label, scenarios) =>
      changing(() => {
        const seq = beginEdit(write, label);
        let saved = 0;
        for (const scenario of scenarios) {
          noteBefore(write, seq, scenario.id);
          putScenario(write, scenario);
          saved++;
        }
        return saved;
      }),
    remove: (label, ids) =>
      changing(() => {
        const seq = beginEdit(write, label);
        for (const id of ids) {
          if (scenarioText(write, id) === undefined) throw notThere(id);
          noteBefore(write, seq, id);
          removeScenario(write, id);
        }
        return ids.length;
      }),
    edits: () => editState(write),
    undo: () =>
      changing(() => {
        const edit = nextToUndo(write);
        if (edit) exchange(write, edit.seq, true);
        return editState(write);
      }),
    redo: () =>
      changing(() => {
        const edit = nextToRedo(write);
        if (edit) exchange(write, edit.seq, false);
        return editState(write);
      }),
    keepVerdict: (scenario, verdict, { reason, posterior }) =>
      changing(() => {
        if (scenarioText(write, scenario.id) !== storedText(scenario)) return;
        write.run('UPDATE scenario SET verdict = ?, reason = ? WHERE scenario_id = ?', verdict, reason, scenario.id);
        write.run('DELETE FROM posterior WHERE scenario_id = ?', scenario.id);
        if (posterior)
          write.run(
            'INSERT INTO posterior (scenario_id, program_hash, posterior) VALUES (?, ?, ?)',
            scenario.id,
            posterior.programHash ?? '',
            JSON.stringify(posterior),
          );
      }),
  };
}
