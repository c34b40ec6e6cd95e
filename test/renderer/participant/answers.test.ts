/** Answers: how moves become drafts, and drafts responses that the contract accepts. */
import { describe, expect, it } from 'vitest';
import { type Drafts, moved, responsesOf, unanswered } from '../../../renderer/participant/answers.ts';
import { submittedResponseSchema } from '../../../shared/response.ts';
import { shownQuerySchema } from '../../../shared/widget.ts';

const screen = {
  scenarioId: 'toy-1',
  trialIndex: 3,
  queries: ['q1', 'q2'].map((id) =>
    shownQuerySchema.parse({
      id,
      text: 'How strong?',
      widget: { kind: 'slider-number' },
      asksConfidence: false,
      requirement: 'answer',
      missingCodes: [],
      keyboardStart: 12,
    }),
  ),
};

describe('moved', () => {
  it('keeps the first time, follows the last and counts changes of the rating only', () => {
    const first = moved(undefined, { rating: 40, inputMode: 'mouse', atMs: 900 });
    const same = moved(first, { rating: 40, inputMode: 'mouse', atMs: 950 });
    const changed = moved(same, { rating: 62, inputMode: 'number', atMs: 2000 });
    expect(first).toEqual({ rating: 40, inputMode: 'mouse', firstInputMs: 900, lastInputMs: 900, adjustments: 0 });
    expect(changed).toEqual({ rating: 62, inputMode: 'number', firstInputMs: 900, lastInputMs: 2000, adjustments: 1 });
  });
});

describe('unanswered', () => {
  it('names queries never touched and those emptied again, but not one answered 0', () => {
    const zero = moved(undefined, { rating: 0, inputMode: 'keyboard', atMs: 1 });
    expect(unanswered(screen, {})).toEqual(['q1', 'q2']);
    expect(unanswered(screen, { q1: zero })).toEqual(['q2']);
    expect(unanswered(screen, { q1: moved(zero, { rating: null, inputMode: 'number', atMs: 2 }) })).toEqual([
      'q1',
      'q2',
    ]);
  });
});

describe('responsesOf', () => {
  it('gives one valid response per query, numbered in their order whatever the order of answering', () => {
    const drafts: Drafts = {
      q2: moved(undefined, { rating: 10, inputMode: 'touch', atMs: 100 }),
      q1: moved(undefined, { rating: 90, inputMode: 'mouse', atMs: 200 }),
    };
    const responses = responsesOf({ screen, drafts, firstClientSeq: 8, commitMs: 500 });
    expect(responses).toMatchObject([
      { clientSeq: 8, trialIndex: 3, scenarioId: 'toy-1', queryId: 'q1', rating: 90, commitMs: 500 },
      { clientSeq: 9, trialIndex: 3, scenarioId: 'toy-1', queryId: 'q2', rating: 10, commitMs: 500 },
    ]);
    for (const response of responses) expect(submittedResponseSchema.parse(response)).toEqual(response);
  });
});
