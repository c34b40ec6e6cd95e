/** The resolved sequence of the bundled study: complete, numbered, shuffled by seed, without programs. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { resolveSequence } from '../../../engine/study/resolveSequence.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import { screenSchema } from '../../../shared/api.ts';

const study = loadStudy(resource('studies', 'field-day'));
const order = (seed: number): string[] =>
  resolveSequence(createRandom(seed), study).flatMap((screen) =>
    screen.kind === 'scenario' ? [screen.scenario.id] : [],
  );

describe('resolveSequence', () => {
  it('numbers every screen from 0 and keeps the order of the timeline', () => {
    const screens = resolveSequence(createRandom(1), study);
    expect(screens.map(({ trialIndex }) => trialIndex)).toEqual(screens.map((_, i) => i));
    expect(screens.map((screen) => (screen.kind === 'text' ? screen.node.kind : 'scenario'))).toEqual([
      'consent',
      'instructions',
      ...new Array(6).fill('scenario'),
      'end',
    ]);
  });

  it('never shows a program', () => {
    for (const screen of resolveSequence(createRandom(1), study)) expect(screenSchema.parse(screen)).toEqual(screen);
    expect(JSON.stringify(resolveSequence(createRandom(1), study))).not.toContain('factor(');
  });

  it('shuffles by seed: the same seed the same order, every position reached by every scenario', () => {
    expect(order(5)).toEqual(order(5));
    const firsts = new Set(Array.from({ length: 60 }, (_, seed) => order(seed)[0]));
    expect(firsts.size).toBe(6);
    expect([...order(5)].sort()).toEqual(study.scenarios.map(({ id }) => id).sort());
  });

  it('keeps a fixed block as it is', () => {
    const timeline = study.timeline.map((node) =>
      node.kind === 'block' ? { ...node, order: 'fixed' as const } : node,
    );
    const screens = resolveSequence(createRandom(9), { ...study, timeline });
    expect(screens.flatMap((s) => (s.kind === 'scenario' ? [s.scenario.id] : []))).toEqual(
      study.scenarios.map(({ id }) => id),
    );
  });

  it('refuses a block that shows an unknown scenario', () => {
    const timeline = [{ kind: 'block' as const, id: 'main', scenarioIds: ['nowhere'], order: 'fixed' as const }];
    expect(() => resolveSequence(createRandom(1), { ...study, timeline })).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: 'study field-day: block "main" shows scenario "nowhere", which the study does not have',
        hint: expect.stringContaining('the study has tug-of-war-always-wins'),
        location: { path: 'timeline.main.scenarioIds[0]' },
      }),
    );
  });
});
