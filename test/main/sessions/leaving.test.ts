/** Leaving pages and studies over the real store: what is stored of it, and what a lost reply must not do. */
import { describe, expect, it } from 'vitest';
import type { SubmittedResponse } from '../../../shared/response.ts';
import type { ScreenOf } from '../../../shared/screen.ts';
import {
  another,
  eventTypes,
  goUntil,
  isKind,
  isPhase,
  lab,
  openLabForEach,
  person,
  place,
  researcher,
  seat,
} from './participationLab.ts';

openLabForEach();

describe('leaving a page', () => {
  it('stores answers and step together, once, however often it is sent', async () => {
    const caller = await seat();
    const there = await goUntil(caller, isPhase('main'));
    const screen = there.screen as ScreenOf<'questions'>;
    const input = {
      trialIndex: screen.trialIndex,
      responses: person.answer(screen, there.nextClientSeq),
      events: [{ type: 'presented' as const, trialIndex: screen.trialIndex, atMs: 5 }],
    };
    const first = await lab.host.handlers['participant.advance'](input, caller);
    const again = await lab.host.handlers['participant.advance'](input, caller);
    expect(first.acknowledgements).toHaveLength(8);
    expect(again).toMatchObject({ place: first.place, acknowledgements: first.acknowledgements });
    expect(
      [...lab.host.readResponses(lab.sessionId)].filter(({ trialIndex }) => trialIndex === screen.trialIndex),
    ).toHaveLength(8);
    expect(eventTypes(caller).filter((type) => type === 'page.presented')).toHaveLength(1);
  });

  it('is refused with an answer missing, or one its widget cannot give, and nothing is stored', async () => {
    const caller = await seat();
    const there = await goUntil(caller, isPhase('main'));
    const screen = there.screen as ScreenOf<'questions'>;
    const responses = person.answer(screen, there.nextClientSeq);
    const before = [...lab.host.readResponses(lab.sessionId)].length;
    const send = (changed: SubmittedResponse[]) => () =>
      lab.host.handlers['participant.advance']({ trialIndex: screen.trialIndex, responses: changed }, caller);
    expect(send(responses.slice(1).map((r, i) => ({ ...r, clientSeq: there.nextClientSeq + i })))).toThrow(
      'has 7 of 8 answers',
    );
    const three = { ...responses[0], samples: [1, 2, 3], rating: 2 };
    expect(send([three, ...responses.slice(1)])).toThrow(
      'the answer to skill1 is none of a multi-click: it has 3 of 5 values',
    );
    expect(send([{ ...responses[0], rating: 99 }, ...responses.slice(1)])).toThrow('rating is not the mean of samples');
    expect([...lab.host.readResponses(lab.sessionId)]).toHaveLength(before);
  });

  it('goes back where the block says so, and keeps what is changed as a revision', async () => {
    const caller = await seat();
    const first = await goUntil(caller, isPhase('main'));
    const screen = first.screen as ScreenOf<'questions'>;
    await lab.host.handlers['participant.advance'](
      { trialIndex: screen.trialIndex, responses: person.answer(screen, first.nextClientSeq) },
      caller,
    );
    const now = await place(caller);
    const isSecond = now.canGoBack;
    if (!isSecond) return;
    const { trialIndex } = now.screen as ScreenOf<'questions'>;
    await lab.host.handlers['participant.back']({ trialIndex }, caller);
    const back = await place(caller);
    expect(back.screen).toMatchObject({ trialIndex: screen.trialIndex, isReadOnly: false });
    expect(back.answers).toHaveLength(8);
    const changed = { ...back.answers[0], clientSeq: back.nextClientSeq, samples: new Array(5).fill(3), rating: 3 };
    await lab.host.handlers['participant.advance']({ trialIndex: screen.trialIndex, responses: [changed] }, caller);
    expect((await place(caller)).index).toBe(now.index);
    const stored = [...lab.host.readResponses(lab.sessionId)].filter(
      ({ trialIndex: at, queryId }) => at === screen.trialIndex && queryId === changed.queryId,
    );
    expect(stored.map(({ revision, isLatest, rating }) => [revision, isLatest, rating === 3])).toEqual([
      [0, false, false],
      [1, true, true],
    ]);
  });
});

describe('stopping', () => {
  it('keeps the answers, withdrawing erases them, by page or by code', async () => {
    const stopper = await seat();
    await goUntil(stopper, isPhase('main'));
    await lab.host.handlers['participant.act']({ act: 'stop' }, stopper);
    expect(await place(stopper)).toMatchObject({
      state: 'stopped',
      screen: { outcome: 'stopped', title: 'You have stopped' },
    });
    const kept = [...lab.host.readResponses(lab.sessionId)].length;
    expect(kept).toBeGreaterThan(0);

    const eraser = await another('P2');
    const { screen } = await goUntil(eraser, isKind('data-choice'));
    expect(screen).toMatchObject({
      withdrawalCode: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
      withdrawalDays: 30,
    });
    const trialIndex = screen?.kind === 'data-choice' ? screen.trialIndex : -1;
    await lab.host.handlers['participant.dataChoice']({ trialIndex, choice: 'erase' }, eraser);
    expect(await place(eraser)).toMatchObject({
      state: 'withdrawn',
      screen: { kind: 'end', title: 'Your data are erased' },
    });
    expect([...lab.host.readResponses(lab.sessionId)]).toHaveLength(kept);

    const later = await another('P3');
    const end = await goUntil(later, isKind('end'));
    const code = end.screen?.kind === 'end' ? (end.screen.withdrawalCode ?? '') : '';
    expect(() => lab.host.handlers['participants.withdraw']({ code: 'AAAAA-AAAAA' }, researcher)).toThrow(
      'no data are stored under this withdrawal code',
    );
    await lab.host.handlers['participants.withdraw']({ code: code.toLowerCase().replace('-', ' ') }, researcher);
    expect([...lab.host.readResponses(lab.sessionId)]).toHaveLength(kept);
    expect(await lab.host.check()).toEqual([]);
  });
});
