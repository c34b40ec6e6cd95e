/** Time limits over the real store: when a participation ends by itself, what an extension changes, and that it outlives the host. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { studySchema } from '../../../shared/study.ts';
import {
  another,
  bundled,
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
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Lets so many minutes pass on the wall clock. */
const pass = (minutes: number): void => void vi.setSystemTime(Date.now() + 60_000 * minutes);
const extend = (participantId: string, minutes: number) =>
  lab.host.handlers['sessions.control']({ participantId, act: 'extend', minutes }, researcher);
const limited = studySchema.parse({ ...bundled, design: { ...bundled.design, maxMinutes: 30 } });

describe('a limit on the whole participation', () => {
  it('ends it as timed out, with every answer until then kept and no more taken', async () => {
    const caller = await seat(limited);
    const now = await goUntil(caller, isPhase('main'));
    if (now.screen?.kind !== 'questions') throw new Error('no questions');
    const { trialIndex } = now.screen;
    pass(31);
    // Answers that were on their way when the time was up.
    const responses = person.answer(now.screen, now.nextClientSeq);
    const left = await lab.host.handlers['participant.advance']({ trialIndex, responses }, caller);
    expect(left.place).toMatchObject({ state: 'timed-out', screen: { kind: 'end', outcome: 'timed-out' } });
    const stored = [...lab.host.readResponses(lab.sessionId)].filter((response) => response.trialIndex === trialIndex);
    expect(stored).toHaveLength(responses.length);
    expect(eventTypes(caller).at(-1)).toBe('state.timed-out');
    expect(() => lab.host.handlers['participant.act']({ act: 'pause' }, caller)).toThrow('timed-out');
  });

  it('is noticed by the heartbeat of a page where nothing is done', async () => {
    const caller = await seat(limited);
    await goUntil(caller, isPhase('main'));
    pass(29);
    expect(await lab.host.handlers['participant.heartbeat']({}, caller)).toMatchObject({ state: 'running' });
    pass(2);
    expect(await lab.host.handlers['participant.heartbeat']({}, caller)).toMatchObject({ state: 'timed-out' });
  });

  it('is extended by the researcher, also over a restart of the host', async () => {
    const caller = await seat(limited);
    await goUntil(caller, isPhase('main'));
    await extend(caller.participantId, 15);
    await lab.reopen();
    pass(40);
    expect(await place(caller)).toMatchObject({ state: 'running' });
    pass(6);
    expect(await place(caller)).toMatchObject({ state: 'timed-out' });
  });

  it('does not hold where the study sets none', async () => {
    const caller = await seat();
    await goUntil(caller, isPhase('main'));
    pass(5000);
    expect((await goUntil(caller, isKind('end'))).state).toBe('completed');
  });
});

it('a reservation lasts as long as it was extended, over a restart of the host', async () => {
  const caller = await seat();
  await goUntil(caller, isPhase('main'));
  const gone = await another('P2');
  await goUntil(gone, isPhase('main'));
  await extend(caller.participantId, 120);
  await lab.reopen();
  pass(90);
  const versionId = lab.host.importStudy(bundled);
  const [cell] = await lab.host.handlers['sessions.balance']({ versionId, stage: 'pilot' }, researcher);
  expect(cell, 'the other reservation ended after an hour').toMatchObject({ reserved: 1, ended: 1 });
});
