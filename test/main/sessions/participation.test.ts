/** Participations over the real store: a whole one, consent, and the way out to the recruiter. */
import { describe, expect, it } from 'vitest';
import { studySchema } from '../../../shared/study.ts';
import {
  another,
  bundled,
  consent,
  eventTypes,
  goUntil,
  isKind,
  isPhase,
  lab,
  openLabForEach,
  place,
  seat,
} from './participationLab.ts';

openLabForEach();

describe('a whole participation', () => {
  it('goes from check-in to a code, in order, with every move an event', async () => {
    const caller = await seat();
    expect(await place(caller)).toMatchObject({
      state: 'invited',
      total: null,
      screen: {
        kind: 'check-in',
        languages: [
          { locale: 'en', title: 'Welcome' },
          { locale: 'de', title: 'Willkommen' },
          { locale: 'ar', title: expect.stringMatching(/\p{Script=Arabic}/u) },
        ],
      },
    });
    const end = await goUntil(caller, isKind('end'));
    expect(end).toMatchObject({
      state: 'completed',
      screen: { outcome: 'completed', completionCode: expect.stringMatching(/^[0-9A-Z]{10}$/) },
    });
    expect(end.index).toBe(end.total);
    expect(eventTypes(caller).filter((type) => type.startsWith('state.'))).toEqual([
      'state.checked-in',
      'state.consented',
      'state.running',
      'state.completed',
    ]);
    const stored = [...lab.host.readResponses(lab.sessionId)];
    expect(stored.every(({ studyHash }) => studyHash === lab.host.importStudy(bundled))).toBe(true);
    expect(stored.filter(({ phase }) => phase === 'main')).toHaveLength(32);
    for (const { samples, rating } of stored.filter(({ phase }) => phase === 'main')) {
      expect(samples).toHaveLength(5);
      expect(rating).toBeCloseTo((samples ?? []).reduce((a, b) => a + b, 0) / 5, 9);
    }
    expect(await lab.host.check()).toEqual([]);
  });

  it('is in the language that was chosen, which may change until the first answer', async () => {
    const caller = await seat();
    await lab.host.handlers['participant.checkIn']({ locale: 'de', label: 'AB' }, caller);
    expect((await place(caller)).screen).toMatchObject({ title: 'Teilnahme' });
    await lab.host.handlers['participant.checkIn']({ locale: 'ar' }, caller);
    const { screen } = await goUntil(caller, isPhase('main'));
    expect(screen).toMatchObject({
      scenario: { background: expect.stringContaining('الريشة') },
      queries: [{ scale: { direction: 'rtl' } }, {}, {}, {}, {}, {}, {}, {}],
    });
    await lab.host.handlers['participant.checkIn']({ locale: 'en' }, caller);
    expect((await place(caller)).locale).toBe('ar');
    await expect(async () =>
      lab.host.handlers['participant.checkIn']({ locale: 'fr' }, await another('P2')),
    ).rejects.toThrow('this study is not offered in "fr"');
  });

  it('is found again after the host was closed, with its place and its words', async () => {
    const caller = await seat();
    const before = await goUntil(caller, isPhase('main'));
    await lab.reopen();
    expect(await place(caller)).toEqual(before);
    await goUntil(caller, isKind('end'));
  });
});

describe('consent', () => {
  it('wants its required boxes, keeps what was ticked and which words were read', async () => {
    const caller = await seat();
    await lab.host.handlers['participant.checkIn']({ locale: 'de', label: 'x' }, caller);
    await expect(consent(caller, true, { share: true })).rejects.toThrow('the box "agree" must be ticked to take part');
    expect(() => lab.host.handlers['participant.advance']({ trialIndex: 0 }, caller)).toThrow(
      'trial 0 asks for consent',
    );
    expect(await consent(caller, true, { agree: true, share: false })).toBe(1);
    const event = lab.host.listEvents(caller.participantId).find(({ type }) => type === 'consent');
    expect(event?.detail).toMatchObject({
      version: '1.0',
      isGranted: true,
      ticked: ['agree'],
      locale: 'de',
      textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('declined leads to a neutral end at which nothing can be answered', async () => {
    const caller = await seat();
    await lab.host.handlers['participant.checkIn']({ locale: 'en', label: 'x' }, caller);
    await consent(caller, false, {});
    expect(await place(caller)).toMatchObject({
      state: 'declined',
      screen: { kind: 'end', outcome: 'declined', title: 'That is fine', redirect: null },
    });
    expect([...lab.host.readResponses(lab.sessionId)]).toEqual([]);
  });
});

describe('the way out', () => {
  const recruited = studySchema.parse({
    ...bundled,
    completion: {
      codes: { completed: 'C1XYZ', declined: 'D0' },
      redirect: 'https://app.example.org/complete?cc={code}&pid={PROLIFIC_PID}',
    },
  });

  it('redirects with code and parameters once everything was read back, and not without the parameters', async () => {
    const caller = await seat(recruited);
    await lab.host.handlers['participant.checkIn'](
      { locale: 'en', label: 'x', recruiter: { PROLIFIC_PID: 'ab/1' } },
      caller,
    );
    const end = await goUntil(caller, isKind('end'));
    expect(end.screen).toMatchObject({
      completionCode: 'C1XYZ',
      redirect: 'https://app.example.org/complete?cc=C1XYZ&pid=ab%2F1',
    });
    const other = await another('P2');
    expect((await goUntil(other, isKind('end'))).screen).toMatchObject({ completionCode: 'C1XYZ', redirect: null });
  });
});
