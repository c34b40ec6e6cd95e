/** The resolved sequence: complete, numbered, ordered by seed and cell, the same whenever it is made again, and nothing a page must not know. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { cellsOf } from '../../../engine/study/design.ts';
import { resolveSequence } from '../../../engine/study/resolveSequence.ts';
import { showScreen } from '../../../engine/study/showScreen.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import { plannedScreenSchema, screenSchema } from '../../../shared/screen.ts';
import type { Study } from '../../../shared/study.ts';
import { timelineNodeSchema } from '../../../shared/timeline.ts';

const study = loadStudy(resource('studies', 'field-day'));
const resolve = (seed: number, of: Study = study, cell = 0) =>
  resolveSequence(createRandom(seed), of, cellsOf(of)[cell]);
const scenariosOf = (screens: ReturnType<typeof resolve>): string[] =>
  screens.flatMap((screen) => (screen.kind === 'questions' && screen.scenarioId ? [screen.scenarioId] : []));
const order = (seed: number): string[] => scenariosOf(resolve(seed));
const ids = study.scenarios.map(({ id }) => id);

/** The bundled study with its block changed and nodes added in front of the end. */
function withBlock(changes: object, nodes: readonly object[] = []): Study {
  const timeline = study.timeline.flatMap((node) => {
    if (node.kind === 'block') return [timelineNodeSchema.parse({ ...node, ...changes })];
    return node.kind === 'end' ? [...nodes.map((one) => timelineNodeSchema.parse(one)), node] : [node];
  });
  return { ...study, timeline };
}

describe('resolveSequence', () => {
  it('numbers every place from 0 and keeps the order of the timeline; the end is no place', () => {
    const screens = resolve(1);
    expect(screens.map(({ trialIndex }) => trialIndex)).toEqual(screens.map((_, i) => i));
    expect(screens.map(({ kind }) => kind)).toEqual(['consent', 'text', ...new Array(6).fill('questions')]);
    for (const screen of screens) expect(plannedScreenSchema.parse(screen)).toEqual(screen);
  });

  it('never shows a program', () => {
    const viewer = { study, locale: 'en', random: createRandom(1), attempts: {}, withdrawalCode: '', isRevisit: false };
    const shown = resolve(1).map((screen) => showScreen(viewer, screen));
    for (const screen of shown) expect(screenSchema.parse(screen)).toEqual(screen);
    expect(JSON.stringify(shown)).not.toContain('factor(');
    expect(study.scenarios.some(({ program }) => program?.includes('factor('))).toBe(true);
  });

  it('shuffles by seed: the same seed the same order, every position reached by every scenario', () => {
    expect(order(5)).toEqual(order(5));
    const firsts = new Set(Array.from({ length: 60 }, (_, seed) => order(seed)[0]));
    expect(firsts.size).toBe(6);
    expect([...order(5)].sort()).toEqual([...ids].sort());
  });

  it('keeps a fixed block as it is', () => {
    expect(scenariosOf(resolve(9, withBlock({ order: 'fixed' })))).toEqual(ids);
  });

  it('draws a sample, and lays scenarios out one query at a time or without their text', () => {
    const sampled = withBlock({ sample: 2, layout: 'one-by-one' });
    expect(new Set(scenariosOf(resolve(3, sampled))).size).toBe(2);
    expect(scenariosOf(resolve(3, sampled))).toHaveLength(12);
    const memory = resolve(3, withBlock({ sample: 1, layout: 'memory' })).filter(({ kind }) => kind === 'questions');
    expect(
      memory.map((screen) => (screen.kind === 'questions' ? [screen.showsScenario, screen.queryIds.length] : [])),
    ).toEqual([[true, 0], ...new Array(6).fill([false, 1])]);
  });

  it('asks some scenarios again, as far apart as wanted, and interrupts between scenarios only', () => {
    const changed = withBlock(
      { repeats: { count: 2, minDistance: 4 }, interruptions: [{ nodeId: 'rest', every: 3 }, { nodeId: 'look' }] },
      [
        { kind: 'break', id: 'rest', title: 'Rest', body: 'A while.' },
        {
          kind: 'attention',
          id: 'look',
          title: 'Look',
          question: {
            id: 'blue',
            text: 'Choose blue',
            options: [
              { id: 'red', label: 'Red' },
              { id: 'blue', label: 'Blue' },
            ],
            correct: 'blue',
          },
        },
      ],
    );
    for (let seed = 0; seed < 40; seed++) {
      const screens = resolve(seed, changed);
      const turns = screens.flatMap((s) =>
        s.kind === 'questions' && s.scenarioId ? [`${s.phase} ${s.scenarioId}`] : [],
      );
      const repeats = turns.filter((turn) => turn.startsWith('repeat'));
      expect(repeats).toHaveLength(2);
      for (const turn of repeats) {
        const id = turn.slice('repeat '.length);
        expect(turns.indexOf(turn) - turns.indexOf(`main ${id}`)).toBeGreaterThanOrEqual(4);
      }
      const nodes = screens.slice(2).map(({ nodeId }) => nodeId);
      expect(nodes.filter((id) => id === 'rest')).toHaveLength(2);
      expect(nodes.filter((id) => id === 'look')).toHaveLength(1);
      expect([nodes[0], nodes.at(-1)]).toEqual(['scenarios', 'scenarios']);
    }
  });

  it('leaves the order of one block alone when another is added', () => {
    const block = study.timeline.find(({ kind }) => kind === 'block');
    const more: Study = {
      ...study,
      timeline: [{ ...block, id: 'more' } as Study['timeline'][number], ...study.timeline],
    };
    expect(scenariosOf(resolve(5, more)).slice(6)).toEqual(order(5));
  });

  it('orders by the row of the cell where a square is asked for', () => {
    const square = withBlock({ order: 'williams' });
    expect(cellsOf(square)).toHaveLength(6);
    const rows = cellsOf(square).map((_, cell) => scenariosOf(resolve(1, square, cell)));
    const follows = rows.flatMap((row) => row.slice(1).map((id, i) => `${row[i]} ${id}`));
    expect(new Set(follows).size).toBe(30);
    for (let place = 0; place < 6; place++) expect(new Set(rows.map((row) => row[place])).size).toBe(6);
  });

  it('refuses a block that shows an unknown scenario', () => {
    const timeline = [{ kind: 'block' as const, id: 'main', scenarioIds: ['nowhere'], order: 'fixed' as const }];
    expect(() => resolve(1, { ...study, timeline })).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message:
          'study field-day: timeline.main.scenarioIds[0] names scenario "nowhere", which the study does not have',
        hint: expect.stringContaining('the study has tug-of-war-always-wins'),
        location: { path: 'timeline.main.scenarioIds[0]' },
      }),
    );
  });
});
