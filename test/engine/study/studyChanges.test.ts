/** What differs between two versions of a study: named by ids, one line a difference, nothing for equal studies. */
import { expect, it } from 'vitest';
import { studyChanges } from '../../../engine/study/studyChanges.ts';
import { smallStudy } from '../../main/smallStudy.ts';

it('finds nothing between equal studies, whatever the order of their keys', () => {
  const study = smallStudy();
  const turned = Object.fromEntries(Object.entries(study).reverse());
  expect(studyChanges(study, { ...study, ...turned })).toEqual([]);
});

it('names a changed text by the ids that lead to it', () => {
  const study = smallStudy();
  const timeline = study.timeline.map((node) => (node.kind === 'end' ? { ...node, body: 'Thanks.' } : node));
  expect(studyChanges(study, { ...study, timeline, version: '1.1.0' })).toEqual([
    { path: 'version', kind: 'changed', before: '1.0.0', after: '1.1.0' },
    { path: 'timeline.end.body', kind: 'changed', before: 'Thank you.', after: 'Thanks.' },
  ]);
});

it('tells what was added, removed and moved apart', () => {
  const study = smallStudy();
  const [start, main, end] = study.timeline;
  const pause = { kind: 'break', id: 'pause', title: 'Pause', body: 'Rest.' } as const;
  const after = { ...study, timeline: [main, start, pause], scales: study.scales.slice(0, 1) };
  const changes = studyChanges(study, after);
  expect(changes.map(({ path, kind }) => [path, kind])).toEqual([
    ['scales.contest', 'removed'],
    ['timeline.end', 'removed'],
    ['timeline.pause', 'added'],
    ['timeline', 'moved'],
  ]);
  expect(changes.at(-1)).toMatchObject({ before: 'start, main', after: 'main, start' });
  expect(changes[1].before).toBe(JSON.stringify(end));
});

it('compares lists of plain values as wholes, and cuts long texts', () => {
  const study = smallStudy();
  const timeline = study.timeline.map((node) =>
    node.kind === 'block' ? { ...node, scenarioIds: ['lake-b', 'lake-a'] } : node,
  );
  expect(studyChanges(study, { ...study, timeline })).toEqual([
    { path: 'timeline.main.scenarioIds', kind: 'changed', before: '["lake-a","lake-b"]', after: '["lake-b","lake-a"]' },
  ]);
  const [change] = studyChanges(study, { ...study, description: 'x'.repeat(5000) });
  expect(change.after).toHaveLength(301);
});
