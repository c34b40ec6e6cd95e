/** Answers: how inputs become drafts, which queries are still open, and that every response made of drafts fits the contract. */
import { describe, expect, it } from 'vitest';
import { draftOf, progressOf, responsesOf, wantedOf } from '../../../renderer/participant/answers.ts';
import { type Draft, type Drafts, type Move, moved } from '../../../renderer/participant/draft.ts';
import { submittedResponseSchema } from '../../../shared/response.ts';
import { type ShownQuery, shownQuerySchema, type Widget } from '../../../shared/widget.ts';

const query = (id: string, widget: Widget, more: Partial<ShownQuery> = {}): ShownQuery =>
  shownQuerySchema.parse({
    id,
    text: 'How strong?',
    widget,
    scale: { lowLabel: 'weak', highLabel: 'strong', unit: '', labels: [], direction: 'ltr' },
    asksConfidence: false,
    requirement: 'answer',
    missingCodes: [],
    keyboardStart: 12,
    ...more,
  });
const rated = (rating: number, more: Partial<Move> = {}): Move => ({
  change: { rating },
  inputMode: 'mouse',
  value: rating,
  ...more,
});
const draft = (...moves: Move[]): Draft =>
  moves.reduce<Draft | undefined>((before, move, i) => moved(before, move, 100 * (i + 1)), undefined) as Draft;
const timing = { onsetMs: 5, commitMs: 900, awayMs: 10, hiddenMs: 0, endedOn: 'response', inputMode: 'touch' } as const;
const sent = (queries: ShownQuery[], drafts: Drafts, endedOn: 'response' | 'timeout' = 'response') =>
  responsesOf({ queries, trialIndex: 3, scenarioId: 'toy' }, drafts, {
    firstClientSeq: 8,
    timing: { ...timing, endedOn },
  }).map((response) => submittedResponseSchema.parse(response));

const marks = (...ratings: (number | null)[]) =>
  ratings.map((rating, i) => (rating === null ? null : { rating, placedMs: 100 - i }));

describe('moved', () => {
  it('keeps the first time, follows the last, counts gestures and the way of the handle', () => {
    const made = draft(
      rated(40),
      rated(45, { travel: 5, isContinued: true }),
      rated(62, { travel: 17, inputMode: 'keyboard' }),
    );
    expect(made).toMatchObject({
      answer: { rating: 62 },
      inputMode: 'keyboard',
      firstInputMs: 100,
      lastInputMs: 300,
      adjustments: 1,
      pathLength: 22,
      trace: [
        [100, 40],
        [200, 45],
        [300, 62],
      ],
    });
  });

  it('thins a long trace but keeps its ends', () => {
    const made = draft(...Array.from({ length: 2500 }, (_, i) => rated(i % 101, { isContinued: true })));
    expect(made.trace.length).toBeLessThanOrEqual(1000);
    expect(made.trace[0]).toEqual([100, 0]);
    expect(made.trace.at(-1)).toEqual([250_000, 2499 % 101]);
  });
});

describe('wantedOf', () => {
  it('names queries never touched and those emptied again, but not one answered 0', () => {
    const queries = [query('q1', { kind: 'slider' }), query('q2', { kind: 'slider' }), query('q3', { kind: 'slider' })];
    const cleared = draft(rated(3), { change: { rating: null }, inputMode: 'mouse', value: null });
    expect(wantedOf(queries, { q1: draft(rated(0)), q2: cleared }).missing).toEqual(['q2', 'q3']);
  });

  it('takes a missing code for an answer, and nothing at all where the answer is optional', () => {
    const queries = [
      query('q1', { kind: 'text' }, { requirement: 'answer-or-missing', missingCodes: ['dont_know'] }),
      query('q2', { kind: 'text' }, { requirement: 'optional' }),
    ];
    const coded = draft({ change: { missingCode: 'dont_know' }, inputMode: 'mouse', value: null });
    expect(wantedOf(queries, { q1: coded }).missing).toEqual([]);
  });

  it('lets marks fall short only where the study does, and chips and typed numbers never', () => {
    const some = draft({ change: { marks: marks(10, 20, 30, null, null) }, inputMode: 'mouse', value: 30 });
    expect(progressOf(query('q', { kind: 'multi-click' }), some.answer)).toBe('partial');
    expect(wantedOf([query('q', { kind: 'multi-click', mayFallShort: true })], { q: some })).toMatchObject({
      missing: [],
      short: ['q'],
    });
    expect(progressOf(query('q', { kind: 'roulette' }), { rating: null, chips: [19, 0] })).toBe('partial');
    expect(progressOf(query('q', { kind: 'number', min: 0, max: 9 }), { rating: null, typed: '12' })).toBe('partial');
  });
});

describe('responsesOf', () => {
  it('gives one valid response per query, in their order, whatever the widget', () => {
    const widgets: Widget[] = [
      { kind: 'slider' },
      { kind: 'multi-click', count: 3 },
      { kind: 'roulette', bins: 4, chips: 4 },
      { kind: 'number', min: 0, max: 1000, decimals: 1 },
      {
        kind: 'choice',
        options: [
          { id: 'a', label: 'A' },
          { id: 'b', label: 'B' },
        ],
      },
      { kind: 'text' },
    ];
    const changes: Move['change'][] = [
      { rating: 61, confidence: 80 },
      { marks: marks(30, 10, 20) },
      { chips: [0, 1, 3, 0] },
      { number: 120.5, typed: '120,5' },
      { choice: ['b'] },
      { text: 'because' },
    ];
    const queries = widgets.map((widget, i) => query(`q${i}`, widget));
    const drafts = Object.fromEntries(
      changes.map((change, i) => [`q${i}`, draft({ change, inputMode: 'touch', value: 1 })]).reverse(),
    );
    const responses = sent(queries, drafts);
    expect(responses.map(({ clientSeq, queryId }) => [clientSeq, queryId])).toEqual(
      queries.map(({ id }, i) => [8 + i, id]),
    );
    expect(responses).toMatchObject([
      { rating: 61, confidence: 80, onsetMs: 5, commitMs: 900, awayMs: 10, direction: 'ltr' },
      // In the order of placing.
      { rating: 20, samples: [20, 10, 30] },
      { rating: 56.25, chips: [0, 1, 3, 0] },
      { rating: null, number: 120.5 },
      { rating: null, choice: ['b'] },
      { rating: null, text: 'because' },
    ]);
  });

  it('stores what was not answered as missing, never as 50, and says whether the time ran out', () => {
    const queries = [query('q1', { kind: 'slider' }), query('q2', { kind: 'multi-click' })];
    expect(sent(queries, {})).toMatchObject([
      { rating: null, missingCode: 'skipped', adjustments: 0, inputMode: 'touch' },
      { rating: null, missingCode: 'skipped' },
    ]);
    const some = draft({ change: { marks: marks(10, null, 40) }, inputMode: 'mouse', value: 40 });
    expect(sent(queries, { q2: some }, 'timeout')).toMatchObject([
      { rating: null, missingCode: 'timed_out', endedOn: 'timeout' },
      { rating: 25, samples: [40, 10], endedOn: 'timeout' },
    ]);
  });
});

describe('draftOf', () => {
  it('makes of a stored answer a draft that gives the same answer again', () => {
    const queries = [query('q1', { kind: 'slider' }), query('q2', { kind: 'multi-click', count: 3 })];
    const drafts = {
      q1: draft(rated(7)),
      q2: draft({ change: { marks: marks(5, 6, 9) }, inputMode: 'pen', value: 9 }),
    };
    const first = sent(queries, drafts);
    const again = sent(queries, Object.fromEntries(queries.map((one, i) => [one.id, draftOf(one, first[i])])));
    expect(again).toEqual(first);
  });
});
