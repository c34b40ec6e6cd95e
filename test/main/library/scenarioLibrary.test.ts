/** The scenario library: filters, edits that can be taken back, and verdicts that hold for what was run only. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EVERY_SCENARIO as EVERY } from '../../../shared/library.ts';
import { scenarioSchema } from '../../../shared/scenario.ts';
import { openTestLibrary, someScenarios, type TestLibrary } from './openTestLibrary.ts';

const ALL = { offset: 0, limit: 500 };
let opened: TestLibrary;
beforeEach(() => {
  opened = openTestLibrary();
});
afterEach(() => opened.close());

it('lists what a filter lets through, newest first, a page at a time', () => {
  const { library } = opened;
  const scenarios = someScenarios(30);
  library.save('Generate', scenarios);
  const newestFirst = scenarios.map(({ id }) => id).reverse();
  expect(library.list(EVERY, { offset: 5, limit: 3 })).toMatchObject({
    total: 30,
    entries: newestFirst.slice(5, 8).map((id) => ({ id })),
  });
  const cells = library.cells();
  expect(cells.reduce((sum, { scenarios: count }) => sum + count, 0)).toBe(30);
  for (const { cell, scenarios: count } of cells) expect(library.list({ ...EVERY, cell }, ALL).total).toBe(count);
  const word = scenarios[7].conditions[0].text.toUpperCase();
  expect(library.list({ ...EVERY, search: word }, ALL).entries.map(({ id }) => id)).toContain(scenarios[7].id);
  expect(library.list({ ...EVERY, search: 'no such words' }, ALL)).toEqual({ total: 0, entries: [] });
  expect(library.list({ ...EVERY, search: '%' }, ALL).total).toBe(
    scenarios.filter((scenario) => JSON.stringify(scenario).includes('%')).length,
  );
});

it('takes back edits, additions and deletions, and puts them in again', () => {
  const { library } = opened;
  const [first, second] = someScenarios(2);
  library.save('Generate 2 scenarios', [first, second]);
  library.save('Edit', [{ ...first, background: 'Another story.' }]);
  library.remove('Delete', [second.id]);
  expect(library.list(EVERY, ALL).total).toBe(1);
  expect(library.undo()).toEqual({ undo: 'Edit', redo: 'Delete' });
  expect(library.read(second.id).scenario).toEqual(second);
  library.undo();
  expect(library.read(first.id).scenario).toEqual(first);
  expect(library.undo()).toEqual({ undo: null, redo: 'Generate 2 scenarios' });
  expect(library.list(EVERY, ALL).total).toBe(0);
  for (let i = 0; i < 3; i++) library.redo();
  expect(library.edits()).toEqual({ undo: 'Delete', redo: null });
  expect(library.read(first.id).scenario.background).toBe('Another story.');
  expect(() => library.read(second.id)).toThrow(`no scenario ${second.id} in this library`);
});

it('forgets what was taken back once something else is done', () => {
  const { library } = opened;
  const [first, second] = someScenarios(2);
  library.save('First', [first]);
  library.undo();
  library.save('Second', [second]);
  expect(library.edits()).toEqual({ undo: 'Second', redo: null });
});

it('keeps everything over closing and opening', () => {
  opened.library.save('Generate', someScenarios(3));
  opened.close();
  opened = openTestLibrary(opened.path);
  expect(opened.library.list(EVERY, ALL).total).toBe(3);
  expect(opened.library.undo()).toEqual({ undo: null, redo: 'Generate' });
});

it('removes nothing when one of the scenarios is not there', () => {
  const { library } = opened;
  const [first] = someScenarios(1);
  library.save('Generate', [first]);
  expect(() => library.remove('Delete', [first.id, 'unknown'])).toThrow('no scenario unknown');
  expect(library.list(EVERY, ALL).total).toBe(1);
  expect(library.edits().undo).toBe('Generate');
});

it('keeps a verdict until the scenario changes, and none for a scenario that has changed', () => {
  const { library } = opened;
  const [first] = someScenarios(1);
  library.save('Generate', [first]);
  library.keepVerdict(first, 'refused', { reason: 'q1: constant', posterior: null });
  expect(library.list({ ...EVERY, verdict: 'refused' }, ALL).entries).toMatchObject([{ reason: 'q1: constant' }]);
  const changed = { ...first, background: 'Another story.' };
  library.save('Edit', [changed]);
  expect(library.read(first.id).entry.verdict).toBe('unchecked');
  library.keepVerdict(first, 'valid', { reason: '', posterior: null });
  expect(library.read(first.id).entry.verdict).toBe('unchecked');
});

it('streams a selection while verdicts are written', () => {
  const { library } = opened;
  library.save('Generate', someScenarios(300));
  const seen: string[] = [];
  for (const scenario of library.select({ filter: { ...EVERY, verdict: 'unchecked' } })) {
    seen.push(scenario.id);
    library.keepVerdict(scenario, 'valid', { reason: '', posterior: null });
  }
  expect(new Set(seen).size).toBe(300);
});

it('tells a scenario without a program apart', () => {
  const { program: _, ...bare } = someScenarios(1)[0];
  opened.library.save('Import', [scenarioSchema.parse(bare)]);
  expect(opened.library.list({ ...EVERY, verdict: 'none' }, ALL).total).toBe(1);
});
