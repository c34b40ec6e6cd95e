/** Studies from folders: the bundled one is sound, and every kind of damage is named with its place. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resource } from '../../main/resources.ts';
import { loadStudy } from '../../main/studies.ts';

const bundled = resource('studies', 'field-day');

describe('the bundled study', () => {
  const study = loadStudy(bundled);

  it('has six scenarios, each with a program that answers each of its queries', () => {
    expect(study.scenarios).toHaveLength(6);
    for (const { id, queries, program } of study.scenarios) {
      expect(program, id).toContain('var model = function () {');
      expect(queries.map(({ kind }) => kind)).toEqual([
        'rank',
        'rank',
        'percentage',
        'percentage',
        'contest',
        'contest',
      ]);
      for (const query of queries) expect(program).toMatch(new RegExp(`\\n    ${query.id}: `));
    }
  });

  it('says the same in words and as data', () => {
    for (const { conditions, queries } of study.scenarios) {
      for (const { text, sides } of conditions) for (const name of sides?.flat() ?? []) expect(text).toContain(name);
      for (const { text, target } of queries) {
        for (const word of [target.entity, target.event, target.factor]) if (word) expect(text).toContain(word);
        for (const name of target.sides?.flat() ?? []) expect(text).toContain(name);
      }
    }
  });

  it('observes in each program what its conditions tell, winners first', () => {
    const list = (names: readonly string[] = []): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;
    for (const { conditions, program } of study.scenarios)
      conditions.forEach(({ sides, winner }, i) => {
        const won = winner ?? 0;
        expect(program).toContain(`  beats(${list(sides?.[won])}, ${list(sides?.[1 - won])}, ${i + 1});`);
      });
  });

  it('shows all its scenarios and has a scale for every kind', () => {
    const shown = study.timeline.flatMap((node) => (node.kind === 'block' ? node.scenarioIds : []));
    expect(shown).toEqual(study.scenarios.map(({ id }) => id));
    const kinds = new Set(study.scenarios.flatMap(({ queries }) => queries.map(({ kind }) => kind)));
    expect(new Set(study.scales.map(({ kind }) => kind))).toEqual(kinds);
  });
});

describe('a damaged study', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'credence-study-'));
    cpSync(bundled, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const refused = (): Error => {
    try {
      loadStudy(folder);
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('was accepted');
  };
  const editItems = (edit: (lines: string[]) => string[]): void => {
    const file = join(folder, 'items.jsonl');
    writeFileSync(file, edit(readFileSync(file, 'utf8').trim().split('\n')).join('\n'));
  };

  it('without study.json names the file it looked for', () => {
    rmSync(join(folder, 'study.json'));
    expect(refused().message).toContain(join(folder, 'study.json'));
  });

  it('with a broken line names the line', () => {
    editItems((lines) => lines.with(2, '{"id": '));
    expect(refused()).toMatchObject({
      message: expect.stringContaining('items.jsonl:3: not valid JSON'),
      location: { file: join(folder, 'items.jsonl'), line: 3 },
    });
  });

  it('with a wrong field names line and path', () => {
    editItems((lines) => lines.with(1, lines[1].replace('"kind": "rank"', '"kind": "guess"')));
    expect(refused()).toMatchObject({
      message: expect.stringContaining('queries[0].kind'),
      location: { line: 2, path: 'queries[0].kind' },
    });
  });

  it('with one scenario twice names it', () => {
    editItems((lines) => [...lines, lines[0]]);
    expect(refused()).toMatchObject({
      message: expect.stringContaining('scenario tug-of-war-always-wins occurs twice in items.jsonl'),
      location: { file: join(folder, 'study.json') },
    });
  });

  it('without one of its scenarios names the node of the flow that shows it', () => {
    editItems((lines) => lines.slice(1));
    expect(refused()).toMatchObject({
      message: expect.stringContaining('timeline[2] names scenario tug-of-war-always-wins'),
      location: { path: 'timeline[2].scenarioIds' },
    });
  });
});
