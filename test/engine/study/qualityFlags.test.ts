/** Flags on answers: each rule speaks from its limit on, and never of what does not count. */
import { describe, expect, it } from 'vitest';
import { flagAnswers, type Participation } from '../../../engine/study/qualityFlags.ts';
import type { StoredResponse } from '../../../shared/response.ts';
import { answer } from '../../main/smallStudy.ts';

const stored = (clientSeq: number, changes: Partial<StoredResponse> = {}): StoredResponse => ({
  ...answer(clientSeq, { trialIndex: clientSeq, rating: clientSeq * 7, lastInputMs: 6000, commitMs: 7000 }),
  serverSeq: clientSeq,
  sessionId: 's',
  participantId: 'p',
  receivedAt: '2026-01-01T00:00:00.000Z',
  revision: 0,
  isLatest: true,
  studyHash: '',
  stage: 'live',
  phase: 'main',
  isResumed: false,
  ...changes,
});
const ten = (change: (i: number) => Partial<StoredResponse> = () => ({})): StoredResponse[] =>
  Array.from({ length: 10 }, (_, i) => stored(i, change(i)));
const rulesOf = (responses: StoredResponse[], rest: Partial<Participation> = {}) =>
  flagAnswers({ responses, failedAttention: 0, isCompleted: true, ...rest }).map(({ rule }) => rule);

describe('flags', () => {
  it('leave careful answers alone', () => expect(rulesOf(ten())).toEqual([]));

  it('name a failed check and an unfinished participation', () =>
    expect(rulesOf(ten(), { failedAttention: 2, isCompleted: false })).toEqual(['failed-attention', 'unfinished']));

  it('name judgments of less than two seconds, counted from the one before on the same page', () => {
    const onOnePage = (seconds: number) => ten((i) => ({ trialIndex: 0, lastInputMs: (i + 1) * seconds * 1000 }));
    expect(flagAnswers({ responses: onOnePage(1.5), failedAttention: 0, isCompleted: true })).toEqual([
      { rule: 'fast', value: 1.5, limit: 2 },
    ]);
    expect(rulesOf(onOnePage(2))).toEqual([]);
  });

  it('name one answer given eight times of ten, not seven', () => {
    expect(rulesOf(ten((i) => (i < 8 ? { rating: 50.2 } : {})))).toEqual(['same-answer']);
    expect(rulesOf(ten((i) => (i < 7 ? { rating: 50 } : { rating: i })))).toEqual([]);
  });

  it('name a fifth of answers missing, and a third of the time away', () => {
    const withoutAnswer = { rating: null, missingCode: 'dont_know' } as const;
    expect(rulesOf(ten((i) => (i < 2 ? withoutAnswer : {})))).toEqual(['missing']);
    expect(rulesOf(ten((i) => (i < 1 ? withoutAnswer : {})))).toEqual([]);
    expect(rulesOf(ten((i) => (i < 5 ? { awayMs: 4900 } : {})))).toEqual(['away']);
  });

  it('leave out practice, earlier revisions, and too few answers to tell', () => {
    expect(rulesOf(ten(() => ({ rating: 50, phase: 'practice' })))).toEqual([]);
    expect(rulesOf([...ten(), ...ten(() => ({ rating: 50, isLatest: false }))])).toEqual([]);
    expect(rulesOf(ten(() => ({ rating: 50, lastInputMs: 100 })).slice(0, 4))).toEqual([]);
  });
});
