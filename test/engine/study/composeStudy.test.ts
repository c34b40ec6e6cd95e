/** Studies made from scenarios alone: they can be run as they are, in both languages, and their length follows from their words. */
import { describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { findStudyAdvice, findStudyFaults } from '../../../engine/study/check/checkStudy.ts';
import { composeStudy, slugOf } from '../../../engine/study/starter/composeStudy.ts';
import { STARTER_LOCALES } from '../../../engine/study/starter/starterTexts.ts';
import { studyMinutes } from '../../../engine/study/studyMinutes.ts';
import { studyTexts } from '../../../engine/study/studyTexts.ts';
import { studySchema } from '../../../shared/study.ts';

const scenarios = [
  ...generateScenarios({ domain: 'sports', count: 2, seed: 3, teamSizes: [2] }),
  ...generateScenarios({ domain: 'healthcare', count: 1, seed: 3, teamSizes: [1] }),
];

describe('a study from scenarios', () => {
  it.each(STARTER_LOCALES)('has no fault and leaves nothing to be advised, in %s', (locale) => {
    const study = composeStudy(scenarios, { title: 'Three stories', locale });
    expect(studySchema.parse(study)).toEqual(study);
    expect(findStudyFaults(study)).toEqual([]);
    expect(findStudyAdvice(study)).toEqual([]);
    expect(study.timeline.map(({ kind }) => kind).slice(0, 7)).toEqual([
      'consent',
      'instructions',
      'tutorial',
      'comprehension',
      'block',
      'debrief',
      'data-choice',
    ]);
    for (const text of studyTexts(study).values()) expect(text).not.toMatch(/\{(n|minutes)\}/);
  });

  it('tells participants how many scenarios there are and how long it takes', () => {
    const study = composeStudy(scenarios, { title: 'Three stories', locale: 'en' });
    const consent = study.timeline.find(({ id }) => id === 'consent');
    expect(consent).toHaveProperty('body', expect.stringContaining('read 3 short descriptions'));
    expect(consent).toHaveProperty('body', expect.stringContaining(`about ${studyMinutes(study)} minutes`));
  });

  it('makes a slug of any title', () => {
    expect(slugOf('Déjà vu, again!')).toBe('deja-vu-again');
    expect(slugOf('2 crews')).toBe('crews');
    expect(slugOf('日本')).toBe('study');
    expect(slugOf('x'.repeat(80))).toHaveLength(40);
  });
});

describe('the length of a study', () => {
  const study = composeStudy(scenarios, { title: 'Three stories', locale: 'en' });
  const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');
  const onlyTold = {
    ...study,
    scenarios: [],
    timeline: [{ kind: 'debrief' as const, id: 'end', title: 'x', body: '' }],
  };

  it('is reading time at 238 words a minute, in whole minutes', () => {
    const told = (count: number) => ({ ...onlyTold, timeline: [{ ...onlyTold.timeline[0], body: words(count) }] });
    expect(studyMinutes(told(238))).toBe(1);
    expect(studyMinutes(told(239))).toBe(2);
    expect(studyMinutes(told(2380))).toBe(10);
  });

  it('counts what is shown in one of two groups by half, and a sample by its share', () => {
    const factors = [{ id: 'list', levels: ['a', 'b'] }];
    const node = { ...onlyTold.timeline[0], body: words(2380) };
    expect(
      studyMinutes({
        ...onlyTold,
        design: { factors },
        timeline: [{ ...node, when: { factor: 'list', levels: ['a'] } }],
      }),
    ).toBe(5);
    const told = scenarios.map((scenario, i) => ({
      ...scenarios[0],
      id: scenario.id,
      background: words(2380),
      conditions: [],
      queries: scenarios[0].queries.slice(0, 1).map((query) => ({ ...query, text: `asked${i}` })),
    }));
    const block = {
      kind: 'block' as const,
      id: 'all',
      order: 'shuffle' as const,
      scenarioIds: told.map(({ id }) => id),
    };
    expect(studyMinutes({ ...study, scenarios: told, timeline: [block] })).toBe(31);
    expect(studyMinutes({ ...study, scenarios: told, timeline: [{ ...block, sample: 1 }] })).toBe(11);
  });
});
