/** Participations over the real store: every way through and out of a study, what is stored of it, and what a lost reply must not do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { rightOptionsOf } from '../../../engine/study/rightOptions.ts';
import { createSimulatedPerson } from '../../../engine/study/simulatedParticipant.ts';
import { createHost, type Host } from '../../../main/host.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import type { Place } from '../../../shared/participation.ts';
import type { SubmittedResponse } from '../../../shared/response.ts';
import type { ScreenOf } from '../../../shared/screen.ts';
import { type Study, studySchema } from '../../../shared/study.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const researcher = { role: 'researcher' } as const;
const bundled = loadStudy(resource('studies', 'doubles'));
const bins = Array.from({ length: 101 }, (_, i) => (i === 60 ? 1 : 0));
const posteriors = Object.fromEntries(
  bundled.scenarios.map(({ id, queries }) => [
    id,
    { queries: Object.fromEntries(queries.map((query) => [query.id, { mean: 60, sd: 0, mcse: 0, bins }])) },
  ]),
);
const person = createSimulatedPerson(createRandom(4), 'noisy-posterior', {
  posteriors,
  rightOptions: rightOptionsOf(bundled),
});

let root: string;
let host: Host;
let sessionId: string;
const open = (): Promise<Host> =>
  createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });
beforeEach(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'participation-'));
  host = await open();
});
afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

type Seat = { readonly role: 'participant'; readonly participantId: string };

async function seat(study: Study = bundled, label = 'P1'): Promise<Seat> {
  const versionId = host.importStudy(study);
  sessionId = (await host.handlers['sessions.open']({ versionId, stage: 'pilot', seed: 3 }, researcher)).sessionId;
  return another(label);
}
const another = async (label: string): Promise<Seat> => ({
  role: 'participant',
  ...(await host.handlers['sessions.addParticipant']({ sessionId, label }, researcher)),
});
const place = async (caller: Seat, isArrival = false): Promise<Place> =>
  host.handlers['participant.screen']({ isArrival }, caller);
const eventTypes = (caller: Seat): string[] => host.listEvents(caller.participantId).map(({ type }) => type);

/** Does what a page does on each screen until `isThere`; gives the place reached. */
async function goUntil(caller: Seat, isThere: (place: Place) => boolean, answers = person.answer): Promise<Place> {
  const { handlers } = host;
  for (let steps = 0; steps < 60; steps++) {
    const now = await place(caller);
    const { screen } = now;
    if (isThere(now)) return now;
    if (screen?.kind === 'check-in')
      await handlers['participant.checkIn']({ locale: 'en', label: caller.participantId.slice(0, 6) }, caller);
    else if (screen?.kind === 'consent') await consent(caller, true);
    else if (screen?.kind === 'data-choice')
      await handlers['participant.dataChoice']({ trialIndex: screen.trialIndex, choice: 'use' }, caller);
    else if (screen?.kind === 'questions')
      await handlers['participant.advance'](
        { trialIndex: screen.trialIndex, responses: answers(screen, now.nextClientSeq) },
        caller,
      );
    else if (screen?.kind === 'text') await handlers['participant.advance']({ trialIndex: screen.trialIndex }, caller);
    else throw new Error(`held up: ${now.hold ?? screen?.kind}`);
  }
  throw new Error('never there');
}
const isKind =
  (kind: string) =>
  ({ screen }: Place) =>
    screen?.kind === kind;
const isPhase =
  (phase: string) =>
  ({ screen }: Place) =>
    screen?.kind === 'questions' && screen.phase === phase;

async function consent(
  caller: Seat,
  isGranted: boolean,
  boxes: Record<string, boolean> = { agree: true },
): Promise<number> {
  const { screen } = await place(caller);
  const trialIndex = screen?.kind === 'consent' ? screen.trialIndex : 0;
  return (
    await host.handlers['participant.consent'](
      { trialIndex, isGranted, boxes, dwellMs: 4000, wasReadToEnd: true },
      caller,
    )
  ).index;
}

/** Answers with the wrong option for every check. */
const wrongly = (screen: ScreenOf<'questions'>, first: number): SubmittedResponse[] =>
  person.answer(screen, first).map((response) => {
    const right = rightOptionsOf(bundled)[screen.scenarioId]?.[response.queryId];
    const query = screen.queries.find(({ id }) => id === response.queryId);
    if (right === undefined || query?.widget.kind !== 'choice') return response;
    return { ...response, choice: [query.widget.options.find(({ id }) => id !== right)?.id ?? ''] };
  });

describe('a whole participation', () => {
  it('goes from check-in to a code, in order, with every move an event', async () => {
    const caller = await seat();
    expect(await place(caller)).toMatchObject({
      state: 'invited',
      total: null,
      screen: { kind: 'check-in', locales: ['en', 'de', 'ar'] },
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
    const stored = [...host.readResponses(sessionId)];
    expect(stored.every(({ studyHash }) => studyHash === host.importStudy(bundled))).toBe(true);
    expect(stored.filter(({ phase }) => phase === 'main')).toHaveLength(32);
    for (const { samples, rating } of stored.filter(({ phase }) => phase === 'main')) {
      expect(samples).toHaveLength(5);
      expect(rating).toBeCloseTo((samples ?? []).reduce((a, b) => a + b, 0) / 5, 9);
    }
    expect(await host.check()).toEqual([]);
  });

  it('is in the language that was chosen, which may change until the first answer', async () => {
    const caller = await seat();
    await host.handlers['participant.checkIn']({ locale: 'de', label: 'AB' }, caller);
    expect((await place(caller)).screen).toMatchObject({ title: 'Teilnahme' });
    await host.handlers['participant.checkIn']({ locale: 'ar' }, caller);
    const { screen } = await goUntil(caller, isPhase('main'));
    expect(screen).toMatchObject({
      scenario: { background: expect.stringContaining('الريشة') },
      queries: [{ scale: { direction: 'rtl' } }, {}, {}, {}, {}, {}, {}, {}],
    });
    await host.handlers['participant.checkIn']({ locale: 'en' }, caller);
    expect((await place(caller)).locale).toBe('ar');
    await expect(async () =>
      host.handlers['participant.checkIn']({ locale: 'fr' }, await another('P2')),
    ).rejects.toThrow('this study is not offered in "fr"');
  });

  it('is found again after the host was closed, with its place and its words', async () => {
    const caller = await seat();
    const before = await goUntil(caller, isPhase('main'));
    await host.close();
    host = await open();
    expect(await place(caller)).toEqual(before);
    await goUntil(caller, isKind('end'));
  });
});

describe('consent', () => {
  it('wants its required boxes, keeps what was ticked and which words were read', async () => {
    const caller = await seat();
    await host.handlers['participant.checkIn']({ locale: 'de', label: 'x' }, caller);
    await expect(consent(caller, true, { share: true })).rejects.toThrow('the box "agree" must be ticked to take part');
    expect(() => host.handlers['participant.advance']({ trialIndex: 0 }, caller)).toThrow('trial 0 asks for consent');
    expect(await consent(caller, true, { agree: true, share: false })).toBe(1);
    const event = host.listEvents(caller.participantId).find(({ type }) => type === 'consent');
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
    await host.handlers['participant.checkIn']({ locale: 'en', label: 'x' }, caller);
    await consent(caller, false, {});
    expect(await place(caller)).toMatchObject({
      state: 'declined',
      screen: { kind: 'end', outcome: 'declined', title: 'That is fine', redirect: null },
    });
    expect([...host.readResponses(sessionId)]).toEqual([]);
  });
});

describe('a comprehension check', () => {
  it('leads back to the instructions, logs each attempt, and ends after the last', async () => {
    const caller = await seat();
    for (const attempt of [1, 2, 3]) {
      const there = await goUntil(caller, isPhase('comprehension'));
      const screen = there.screen as ScreenOf<'questions'>;
      expect(screen.attempt).toEqual({ number: attempt, of: 3 });
      expect(JSON.stringify(screen)).not.toContain('correct');
      const input = { trialIndex: screen.trialIndex, responses: wrongly(screen, there.nextClientSeq) };
      const left = await host.handlers['participant.advance'](input, caller);
      expect(left).toMatchObject({ outcome: attempt === 3 ? 'ended' : 'return', wrong: ['changes', 'spread'] });
      // The reply is lost and the page asks again: the attempt counts once.
      await host.handlers['participant.advance'](input, caller);
      if (attempt < 3) expect((await place(caller)).screen).toMatchObject({ kind: 'text', title: 'How it works' });
    }
    expect(await place(caller)).toMatchObject({
      state: 'failed-comprehension',
      screen: { title: 'Thank you for your interest' },
    });
    const checks = host.listEvents(caller.participantId).filter(({ type }) => type === 'check.comprehension');
    expect(checks.map(({ detail }) => detail.isPassed)).toEqual([false, false, false]);
    const revisions = [...host.readResponses(sessionId)].filter(({ queryId }) => queryId === 'changes');
    expect(revisions.map(({ revision, isLatest }) => [revision, isLatest])).toEqual([
      [0, false],
      [1, false],
      [2, true],
    ]);
  });
});

describe('practice', () => {
  it('says what it makes of the answers, and never before they are stored', async () => {
    const caller = await seat();
    const there = await goUntil(caller, isPhase('practice'));
    const screen = there.screen as ScreenOf<'questions'>;
    const { trialIndex } = screen;
    expect((await host.handlers['participant.feedback']({ trialIndex }, caller)).feedback).toEqual([]);
    const answers = person
      .answer(screen, there.nextClientSeq)
      .map((answer, i) => ({ ...answer, samples: new Array(5).fill(i === 0 ? 10 : 60), rating: i === 0 ? 10 : 60 }));
    for (const answer of answers) await host.handlers['participant.submit'](answer, caller);
    const { feedback } = await host.handlers['participant.feedback']({ trialIndex }, caller);
    expect(feedback.map(({ verdict }) => verdict)).toEqual(['below', 'within']);
    expect(feedback[0].text).toContain('Most people would place Mia higher');
    expect(await host.handlers['participant.advance']({ trialIndex }, caller)).toMatchObject({ outcome: 'next' });
  });
});

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
    const first = await host.handlers['participant.advance'](input, caller);
    const again = await host.handlers['participant.advance'](input, caller);
    expect(first.acknowledgements).toHaveLength(8);
    expect(again).toMatchObject({ place: first.place, acknowledgements: first.acknowledgements });
    expect(
      [...host.readResponses(sessionId)].filter(({ trialIndex }) => trialIndex === screen.trialIndex),
    ).toHaveLength(8);
    expect(eventTypes(caller).filter((type) => type === 'page.presented')).toHaveLength(1);
  });

  it('is refused with an answer missing, or one its widget cannot give, and nothing is stored', async () => {
    const caller = await seat();
    const there = await goUntil(caller, isPhase('main'));
    const screen = there.screen as ScreenOf<'questions'>;
    const responses = person.answer(screen, there.nextClientSeq);
    const before = [...host.readResponses(sessionId)].length;
    const send = (changed: SubmittedResponse[]) => () =>
      host.handlers['participant.advance']({ trialIndex: screen.trialIndex, responses: changed }, caller);
    expect(send(responses.slice(1).map((r, i) => ({ ...r, clientSeq: there.nextClientSeq + i })))).toThrow(
      'has 7 of 8 answers',
    );
    const three = { ...responses[0], samples: [1, 2, 3], rating: 2 };
    expect(send([three, ...responses.slice(1)])).toThrow(
      'the answer to skill1 is none of a multi-click: it has 3 of 5 values',
    );
    expect(send([{ ...responses[0], rating: 99 }, ...responses.slice(1)])).toThrow('rating is not the mean of samples');
    expect([...host.readResponses(sessionId)]).toHaveLength(before);
  });

  it('goes back where the block says so, and keeps what is changed as a revision', async () => {
    const caller = await seat();
    const first = await goUntil(caller, isPhase('main'));
    const screen = first.screen as ScreenOf<'questions'>;
    await host.handlers['participant.advance'](
      { trialIndex: screen.trialIndex, responses: person.answer(screen, first.nextClientSeq) },
      caller,
    );
    const now = await place(caller);
    const isSecond = now.canGoBack;
    if (!isSecond) return;
    const { trialIndex } = now.screen as ScreenOf<'questions'>;
    await host.handlers['participant.back']({ trialIndex }, caller);
    const back = await place(caller);
    expect(back.screen).toMatchObject({ trialIndex: screen.trialIndex, isReadOnly: false });
    expect(back.answers).toHaveLength(8);
    const changed = { ...back.answers[0], clientSeq: back.nextClientSeq, samples: new Array(5).fill(3), rating: 3 };
    await host.handlers['participant.advance']({ trialIndex: screen.trialIndex, responses: [changed] }, caller);
    expect((await place(caller)).index).toBe(now.index);
    const stored = [...host.readResponses(sessionId)].filter(
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
    await host.handlers['participant.act']({ act: 'stop' }, stopper);
    expect(await place(stopper)).toMatchObject({
      state: 'stopped',
      screen: { outcome: 'stopped', title: 'You have stopped' },
    });
    const kept = [...host.readResponses(sessionId)].length;
    expect(kept).toBeGreaterThan(0);

    const eraser = await another('P2');
    const { screen } = await goUntil(eraser, isKind('data-choice'));
    expect(screen).toMatchObject({
      withdrawalCode: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
      withdrawalDays: 30,
    });
    const trialIndex = screen?.kind === 'data-choice' ? screen.trialIndex : -1;
    await host.handlers['participant.dataChoice']({ trialIndex, choice: 'erase' }, eraser);
    expect(await place(eraser)).toMatchObject({
      state: 'withdrawn',
      screen: { kind: 'end', title: 'Your data are erased' },
    });
    expect([...host.readResponses(sessionId)]).toHaveLength(kept);

    const later = await another('P3');
    const end = await goUntil(later, isKind('end'));
    const code = end.screen?.kind === 'end' ? (end.screen.withdrawalCode ?? '') : '';
    expect(() => host.handlers['participants.withdraw']({ code: 'AAAAA-AAAAA' }, researcher)).toThrow(
      'no data are stored under this withdrawal code',
    );
    await host.handlers['participants.withdraw']({ code: code.toLowerCase().replace('-', ' ') }, researcher);
    expect([...host.readResponses(sessionId)]).toHaveLength(kept);
    expect(await host.check()).toEqual([]);
  });
});

describe('the researcher', () => {
  it('holds everybody at the gate, pauses, moves and stops one, and sees no answer', async () => {
    const caller = await seat();
    await host.handlers['sessions.gate']({ sessionId, isOpen: false }, researcher);
    await host.handlers['participant.checkIn']({ locale: 'en', label: 'x' }, caller);
    expect(await place(caller)).toMatchObject({ hold: 'gate', screen: null });
    await expect(consent(caller, true)).rejects.toThrow('the participation is held up: gate');
    await host.handlers['sessions.gate']({ sessionId, isOpen: true }, researcher);
    await goUntil(caller, isPhase('main'));
    const { participantId } = caller;
    await host.handlers['sessions.control']({ participantId, act: 'pause', reason: 'fire drill' }, researcher);
    expect(await place(caller)).toMatchObject({ state: 'paused', hold: 'paused-by-researcher', screen: null });
    expect(() => host.handlers['participant.act']({ act: 'resume' }, caller)).toThrow(
      'only the researcher can lift this hold',
    );
    await host.handlers['sessions.control']({ participantId, act: 'resume' }, researcher);
    await host.handlers['sessions.control']({ participantId, act: 'move', seat: 'LAB07' }, researcher);
    await host.handlers['participant.act']({ act: 'help' }, caller);
    await host.handlers['participant.heartbeat']({ idleMs: 200_000, waiting: 2 }, caller);
    const { tiles, isGateOpen } = await host.handlers['sessions.monitor']({ sessionId }, researcher);
    expect(isGateOpen).toBe(true);
    expect(tiles).toMatchObject([
      { seat: 'LAB07', state: 'running', label: 'P1', flags: ['idle', 'help', 'waiting-answers'] },
    ]);
    expect(JSON.stringify(tiles)).not.toContain('rating');
    await host.handlers['sessions.control']({ participantId, act: 'stop' }, researcher);
    expect((await place(caller)).state).toBe('aborted');
    expect(() => host.handlers['sessions.control']({ participantId, act: 'pause' }, researcher)).toThrow(
      'the participation has ended: aborted',
    );
  });

  it('runs a study from any of its nodes, as a draft', async () => {
    const versionId = host.importStudy(bundled);
    const added = await host.handlers['sessions.preview'](
      { versionId, locale: 'de', nodeId: 'your-data', seed: 1 },
      researcher,
    );
    expect(await place({ role: 'participant', ...added })).toMatchObject({
      screen: { kind: 'data-choice', title: 'Ihre Daten' },
      study: { stage: 'draft' },
    });
    expect(() => host.handlers['sessions.preview']({ versionId, nodeId: 'nowhere', seed: 1 }, researcher)).toThrow(
      'no screen of this participant comes from node "nowhere"',
    );
  });

  it('is asked before a label is used twice', async () => {
    const first = await seat();
    await host.handlers['participant.checkIn']({ locale: 'en', label: 'AB12' }, first);
    const second = await another('P2');
    expect(() => host.handlers['participant.checkIn']({ locale: 'en', label: 'ab12 ' }, second)).toThrow(
      'the label "ab12 " was used in this session already',
    );
    await host.handlers['participant.checkIn']({ locale: 'en', label: 'ab12', isNewVisit: true }, second);
    expect((await place(second)).state).toBe('checked-in');
  });
});

describe('a page that arrives again', () => {
  /** The bundled study with the resume policy of its block changed. */
  const withResume = (resume: string, more: object = {}): Study =>
    studySchema.parse({
      ...bundled,
      timeline: bundled.timeline.map((node) =>
        node.kind === 'block' ? { ...node, order: 'fixed', interruptions: [], resume, ...more } : node,
      ),
    });

  it.each([
    ['resume', (index: number) => index],
    ['checkpoint', (index: number) => index - 1],
    ['restart', () => 0],
  ] as const)('goes on by the policy %s', async (policy, where) => {
    const caller = await seat(withResume(policy));
    await place(caller, true);
    const first = await goUntil(caller, isPhase('main'));
    const screen = first.screen as ScreenOf<'questions'>;
    await host.handlers['participant.advance'](
      { trialIndex: screen.trialIndex, responses: person.answer(screen, first.nextClientSeq) },
      caller,
    );
    const before = await place(caller);
    expect((await place(caller, true)).index).toBe(where(before.index));
    expect(eventTypes(caller)).toContain('resumed');
    if (policy === 'resume') {
      await goUntil(caller, isKind('end'));
      const stored = [...host.readResponses(sessionId)];
      expect(stored.at(-1)?.isResumed).toBe(true);
      expect(stored[0].isResumed).toBe(false);
    }
  });

  it('waits for the researcher where the policy is block', async () => {
    const caller = await seat(withResume('block'));
    await place(caller, true);
    await goUntil(caller, isPhase('main'));
    expect(await place(caller, true)).toMatchObject({ hold: 'resume-approval', screen: null });
    await host.handlers['sessions.control']({ participantId: caller.participantId, act: 'approve-resume' }, researcher);
    expect((await place(caller)).screen).toMatchObject({ kind: 'questions' });
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
    await host.handlers['participant.checkIn'](
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
