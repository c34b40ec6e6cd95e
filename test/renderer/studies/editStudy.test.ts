/** The changes that the study editor makes, and the way from a fault to its field. */
import { describe, expect, it } from 'vitest';
import { findStudyFaults } from '../../../engine/study/check/checkStudy.ts';
import {
  ADDABLE,
  freeId,
  newNode,
  withLocale,
  withNodeAfter,
  withNodeMoved,
  withoutLocale,
  withoutScenario,
  withScenariosAdded,
  withTranslation,
} from '../../../renderer/researcher/studies/editor/editStudy.ts';
import { fieldPath, nearestField, placeOf } from '../../../renderer/researcher/studies/editor/faultPlace.ts';
import { timelineNodeSchema } from '../../../shared/timeline.ts';
import { smallStudy } from '../../main/smallStudy.ts';

const study = smallStudy();

describe('a change of a study', () => {
  it.each(ADDABLE)('can add a node of kind %s that has the right form and an id of its own', (kind) => {
    const once = withNodeAfter(study, 0, newNode(study, kind, { title: 'Title', body: 'Body' }));
    const twice = withNodeAfter(once, 0, newNode(once, kind, { title: 'Title', body: 'Body' }));
    expect(once.timeline).toHaveLength(study.timeline.length + 1);
    for (const node of twice.timeline.slice(1, 3))
      expect(timelineNodeSchema.safeParse(node).success, JSON.stringify(node)).toBe(kind !== 'group');
    expect(new Set(twice.timeline.map(({ id }) => id)).size).toBe(twice.timeline.length);
  });

  it('names no node like a scenario', () => expect(freeId(study, 'lake-a')).toBe('lake-a-2'));

  it('moves a node, and no further than the ends', () => {
    expect(withNodeMoved(study, 1, -1).timeline.map(({ id }) => id)).toEqual(['main', 'start', 'end']);
    expect(withNodeMoved(study, 0, -1)).toBe(study);
    expect(withNodeMoved(study, 2, 1)).toBe(study);
  });

  it('takes a scenario out of blocks too, and adds one only once', () => {
    const [first] = study.scenarios;
    const without = withoutScenario(study, 0);
    expect(without.timeline[1]).toMatchObject({ scenarioIds: ['lake-b'] });
    expect(findStudyFaults(without)).toEqual([]);
    const again = withScenariosAdded(without, [first]);
    expect(again.timeline[1]).toMatchObject({ scenarioIds: ['lake-b', 'lake-a'] });
    expect(withScenariosAdded(again, [first]).scenarios).toHaveLength(2);
  });

  it('adds a language whose missing texts are faults, and takes it away without a trace', () => {
    const german = withLocale(study, 'de');
    expect(german.locales).toEqual(['en', 'de']);
    expect(findStudyFaults(german)[0].file).toBe('locales/de.json');
    const titled = withTranslation(german, 'de', 'title', 'Rudern');
    expect(titled.translations?.de).toEqual({ title: 'Rudern' });
    expect(withTranslation(titled, 'de', 'title', '').translations?.de).toEqual({});
    expect(withoutLocale(titled, 'de')).toEqual(study);
  });
});

describe('a fault', () => {
  it('leads to the tab and the part that show its place', () => {
    expect(placeOf({ file: 'study.json', path: 'timeline[3].order' })).toEqual({ tab: 'flow', node: 3 });
    expect(placeOf({ file: 'items.jsonl', path: '[2].queries[0].id' })).toEqual({ tab: 'scenarios', scenario: 2 });
    expect(placeOf({ file: 'locales/de.json', path: 'title' })).toEqual({ tab: 'languages', locale: 'de' });
    expect(placeOf({ file: 'study.json', path: 'slug' })).toEqual({ tab: 'overview' });
  });

  it('finds the field nearest to its path, and never one that only begins alike', () => {
    const fields = ['timeline[1]', 'timeline[1].title', 'timeline[12]', 'timeline[1].boxes[0].text'];
    expect(nearestField(fields, 'timeline[1].title')).toBe('timeline[1].title');
    expect(nearestField(fields, 'timeline[1].boxes[0].id')).toBe('timeline[1]');
    expect(nearestField(fields, 'timeline[12].title')).toBe('timeline[12]');
    expect(nearestField(fields, 'title')).toBeUndefined();
    expect(fieldPath({ file: 'items.jsonl', path: '[0].background' })).toBe('scenarios[0].background');
  });
});
