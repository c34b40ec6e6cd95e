/** An input and an output of every procedure on drafts and on the quality of answers. */
import { smallStudy } from '../smallStudy.ts';

const draftId = 'draft-1';
const state = {
  draftId,
  revision: 3,
  updatedAt: '2026-11-24T10:00:00.000Z',
  edits: { undo: 'Edit title', redo: null },
  faults: [{ file: 'study.json', path: 'title', problem: 'too short' }],
  advice: ['nobody is asked for consent'],
  minutes: 4,
};
const study = smallStudy();
const draft = { ...state, study };
const rows = [
  {
    participantId: 'p-1',
    label: 'P1',
    state: 'completed',
    judgments: 12,
    flags: [{ rule: 'fast', value: 1.2, limit: 2 }],
    exclusion: { reason: 'did not read', at: '2026-11-24T10:00:00.000Z' },
  },
];
const person = { sessionId: 's-1', participantId: 'p-1' };

export const studyExamples = {
  'drafts.list': {
    input: {},
    output: [
      {
        draftId,
        title: 'Rowing',
        slug: 'rowing',
        version: '1.0.0',
        scenarios: 2,
        faults: 0,
        updatedAt: state.updatedAt,
      },
    ],
  },
  'drafts.create': { input: { scenarioIds: ['lake-a'], title: 'Rowing', locale: 'en' }, output: draft },
  'drafts.read': { input: { draftId }, output: draft },
  'drafts.save': { input: { draftId, revision: 3, label: 'Edit title', study }, output: state },
  'drafts.undo': { input: { draftId }, output: draft },
  'drafts.redo': { input: { draftId }, output: draft },
  'drafts.remove': { input: { draftId }, output: {} },
  'drafts.restore': { input: { draftId }, output: draft },
  'drafts.compare': {
    input: { draftId },
    output: {
      against: { versionId: 'v-1', version: '1.0.0' },
      changes: [{ path: 'title', kind: 'changed', before: 'Rowing', after: 'Boats' }],
    },
  },
  'drafts.freeze': { input: { draftId, version: '1.1.0' }, output: { versionId: 'v-2', isNew: true } },
  'sessions.quality': { input: { sessionId: 's-1' }, output: rows },
  'sessions.exclude': { input: { ...person, reason: 'did not read' }, output: rows },
  'sessions.include': { input: person, output: rows },
};
