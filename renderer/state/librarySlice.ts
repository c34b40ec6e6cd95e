/** The scenario library as the screen shows it: a filter, the pages of its list that were looked at, the scenario that is open. */
import type { StateCreator } from 'zustand';
import type { ProcedureInput, ProcedureOutput } from '../../shared/api.ts';
import type { EditState, ScenarioEntry, ScenarioFilter } from '../../shared/library.ts';
import type { Scenario } from '../../shared/scenario.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type OpenScenario = ProcedureOutput<'library.read'>;

/** Rows asked for at once. */
export const PAGE_ROWS = 100;
/** A window shows rows of two pages at most. */
const LOOKED_PAGES = 2;

export type LibrarySlice = {
  readonly filter: ScenarioFilter;
  /** How many scenarios the filter lets through. */
  readonly total: Loadable<number>;
  /** Pages of the list by number; what is not here has not been looked at. */
  readonly pages: Readonly<Record<number, readonly ScenarioEntry[]>>;
  readonly cells: readonly string[];
  readonly openScenario: Loadable<OpenScenario>;
  readonly edits: EditState;
  setFilter(change: Partial<ScenarioFilter>): void;
  /** Loads what is shown anew: the pages last looked at, the counts, the open scenario. */
  loadLibrary(): Promise<void>;
  loadPage(page: number): Promise<void>;
  showScenario(id: string): Promise<void>;
  /** Saves a scenario; throws what the host answered. */
  saveScenario(scenario: Scenario): Promise<void>;
  removeScenarios(selection: ProcedureInput<'library.remove'>): Promise<void>;
  /** Adds scenarios from a text; gives how many. */
  importScenarios(input: ProcedureInput<'library.import'>): Promise<number>;
  undo(): Promise<void>;
  redo(): Promise<void>;
};

const EVERYTHING: ScenarioFilter = { search: '', domain: null, style: null, cell: null, source: null, verdict: null };

export const createLibrarySlice: StateCreator<ResearcherState, [], [], LibrarySlice> = (set, get) => {
  const pending = new Set<number>();
  /** The pages that may be in view. */
  let looked: readonly number[] = [0];
  const askPage = (page: number) =>
    call('library.scenarios', { filter: get().filter, offset: page * PAGE_ROWS, limit: PAGE_ROWS });
  /** Loads the list anew, what is in view of it; what was shown stays until it is there. */
  const loadList = async (): Promise<void> => {
    const asked = get().filter;
    const numbers = looked;
    const answers = await settle(Promise.all(numbers.map(askPage)));
    // The filter may have changed while this was on its way.
    if (get().filter !== asked) return;
    if (answers.status !== 'ready') {
      set({ total: answers });
      return;
    }
    const pages = Object.fromEntries(answers.value.map(({ entries }, i) => [numbers[i], entries]));
    set({ total: { status: 'ready', value: answers.value[0].total }, pages });
  };
  return {
    filter: EVERYTHING,
    total: LOADING,
    pages: {},
    cells: [],
    openScenario: LOADING,
    edits: { undo: null, redo: null },
    setFilter(change) {
      set({ filter: { ...get().filter, ...change } });
      looked = [0];
      void loadList();
    },
    async loadLibrary() {
      const [, cells, edits] = await Promise.all([
        loadList(),
        settle(call('library.cells', {})),
        settle(call('library.edits', {})),
      ]);
      if (cells.status === 'ready') set({ cells: cells.value.map(({ cell }) => cell) });
      if (edits.status === 'ready') set({ edits: edits.value });
      const open = get().openScenario;
      if (open.status === 'ready') await get().showScenario(open.value.scenario.id);
    },
    async loadPage(page) {
      looked = [page, ...looked.filter((other) => other !== page)].slice(0, LOOKED_PAGES);
      if (get().pages[page] || pending.has(page)) return;
      pending.add(page);
      const asked = get().filter;
      const answer = await settle(askPage(page));
      pending.delete(page);
      if (get().filter === asked && answer.status === 'ready')
        set({ pages: { ...get().pages, [page]: answer.value.entries } });
    },
    async showScenario(id) {
      const open = await settle(call('library.read', { id: id as Scenario['id'] }));
      if (get().route.item === id) set({ openScenario: open });
    },
    async saveScenario(scenario) {
      set({ edits: await call('library.save', { scenario }) });
    },
    async removeScenarios(selection) {
      set({ edits: await call('library.remove', selection) });
    },
    importScenarios: async (input) => (await call('library.import', input)).saved,
    async undo() {
      set({ edits: await call('library.undo', {}) });
    },
    async redo() {
      set({ edits: await call('library.redo', {}) });
    },
  };
};
