/** The host: a study from import to the last answer, and back after closing, over the real store. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, type Host } from '../../main/host.ts';
import { PROCEDURES, SHELL_PROCEDURES } from '../../shared/api.ts';
import { answer, smallStudy } from './smallStudy.ts';
import { FAST_PLACE } from './store/openLab.ts';

let root: string;
let host: Host;

const open = (): Promise<Host> =>
  createHost({
    workspace: join(root, 'lab'),
    mode: 'headless',
    studies: join(root, 'none'),
  });
const researcher = { role: 'researcher' } as const;
const seat = (participantId: string) => ({ role: 'participant', participantId }) as const;

async function addParticipant(
  stage: 'live' | 'simulated' = 'simulated',
): Promise<{ sessionId: string; participantId: string }> {
  const versionId = host.importStudy(smallStudy());
  const { sessionId } = await host.handlers['sessions.open']({ versionId, stage, seed: 7 }, researcher);
  const added = await host.handlers['sessions.addParticipant']({ sessionId, label: 'Station 3' }, researcher);
  return { sessionId, ...added };
}

beforeEach(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'host-'));
  host = await open();
});
afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

describe('a participant', () => {
  it('goes through the screens, each left only when answered', async () => {
    const { participantId } = await addParticipant();
    const { handlers } = host;
    const caller = seat(participantId);
    const first = await handlers['participant.screen']({}, caller);
    expect(first).toMatchObject({
      index: 0,
      total: 3,
      nextClientSeq: 0,
      study: { title: 'Rowing', stage: 'simulated' },
    });
    expect(first.screen?.kind).toBe('text');
    expect(await handlers['participant.advance']({ trialIndex: 0 }, caller)).toMatchObject({
      place: { index: 1 },
      outcome: 'next',
    });
    const second = await handlers['participant.screen']({}, caller);
    expect(second.screen).toMatchObject({ kind: 'questions', trialIndex: 1, scenario: { id: 'lake-a' } });
    expect(second.screen).not.toHaveProperty('scenario.program');

    await handlers['participant.submit'](answer(0), caller);
    expect(() => handlers['participant.advance']({ trialIndex: 1 }, caller)).toThrow('trial 1 has 1 of 2 answers');
    await handlers['participant.submit'](
      answer(1, { queryId: 'next', rating: null, missingCode: 'dont_know' }),
      caller,
    );
    expect(await handlers['participant.advance']({ trialIndex: 1 }, caller)).toMatchObject({
      place: { index: 2 },
      outcome: 'next',
    });
    expect(await handlers['participant.advance']({ trialIndex: 1 }, caller)).toMatchObject({
      place: { index: 2 },
      outcome: 'next',
    });
    for (const [i, queryId] of ['skill', 'next'].entries())
      await handlers['participant.submit'](answer(2 + i, { trialIndex: 2, scenarioId: 'lake-b', queryId }), caller);
    expect(await handlers['participant.advance']({ trialIndex: 2 }, caller)).toMatchObject({
      place: { index: 3 },
      outcome: 'ended',
    });
    expect(await handlers['participant.screen']({}, caller)).toMatchObject({
      screen: { kind: 'end', outcome: 'completed', title: 'Done' },
      state: 'completed',
      index: 3,
      nextClientSeq: 4,
    });
  });

  it('has the same answer stored once, and a changed one kept as a revision', async () => {
    const { sessionId, participantId } = await addParticipant();
    const caller = seat(participantId);
    await host.handlers['participant.advance']({ trialIndex: 0 }, caller);
    const first = await host.handlers['participant.submit'](answer(0), caller);
    expect(await host.handlers['participant.submit'](answer(0), caller)).toEqual(first);
    expect(() => host.handlers['participant.submit'](answer(0, { rating: 3 }), caller)).toThrow(
      'response 0 is stored already with other content',
    );
    const second = await host.handlers['participant.submit'](answer(1, { rating: 3 }), caller);
    expect(second.serverSeq).toBeGreaterThan(first.serverSeq);
    const stored = [...host.readResponses(sessionId)];
    expect(stored.map(({ rating, revision, isLatest }) => [rating, revision, isLatest])).toEqual([
      [61.5, 0, false],
      [3, 1, true],
    ]);
  });

  it.each([
    [
      'a screen not shown yet',
      answer(0, { trialIndex: 2, scenarioId: 'lake-b' }),
      'trial 2 was not shown yet; the current position is 1',
    ],
    ['a trial that does not exist', answer(0, { trialIndex: 9 }), /participant .* has no trial 9/],
    [
      'a query of another scenario',
      answer(0, { scenarioId: 'lake-b' }),
      'trial 1 has no query skill of scenario lake-b',
    ],
    ['a query on a text screen', answer(0, { trialIndex: 0 }), 'trial 0 has no query skill of scenario lake-a'],
    ['an answer out of turn', answer(4), 'response 4 came out of turn: 0 is next'],
    [
      'neither rating nor code',
      { ...answer(0), rating: null },
      'response: a response has either an answer or a missingCode',
    ],
  ])('cannot answer %s', async (_, response, message) => {
    const { sessionId, participantId } = await addParticipant();
    await host.handlers['participant.advance']({ trialIndex: 0 }, seat(participantId));
    expect(() => host.handlers['participant.submit'](response, seat(participantId))).toThrow(message);
    expect([...host.readResponses(sessionId)]).toEqual([]);
  });

  it('that nobody added is refused', () => {
    expect(() => host.handlers['participant.screen']({}, seat('nobody'))).toThrow('no participant nobody');
    expect(() => host.handlers['participant.screen']({}, researcher)).toThrow('only a participant may do this');
  });
});

describe('the researcher', () => {
  it('sees participants by stage, sessions and counts', async () => {
    const people = await addParticipant('live');
    await addParticipant('simulated');
    await host.handlers['participant.advance']({ trialIndex: 0 }, seat(people.participantId));
    await host.handlers['participant.submit'](answer(0), seat(people.participantId));
    const [study] = await host.handlers['studies.list']({}, researcher);
    expect(study).toMatchObject({
      slug: 'rowing',
      scenarios: 2,
      queries: 4,
      participants: { live: 1, simulated: 1 },
      responses: 1,
    });
    const sessions = await host.handlers['sessions.list']({}, researcher);
    expect(sessions.map(({ stage, participants, responses }) => [stage, participants, responses])).toEqual([
      ['simulated', 1, 0],
      ['live', 1, 1],
    ]);
    expect(await host.handlers['studies.read']({ versionId: study.versionId }, researcher)).toEqual(smallStudy());
  });

  it('keeps versions that differ, and one version once', async () => {
    const id = host.importStudy(smallStudy());
    expect(host.importStudy(smallStudy())).toBe(id);
    expect(host.importStudy(smallStudy('Rowing again'))).not.toBe(id);
    expect(await host.handlers['studies.list']({}, researcher)).toHaveLength(2);
  });

  it('closes a session for new participants while those in it can finish', async () => {
    const { sessionId, participantId } = await addParticipant();
    const closed = await host.handlers['sessions.close']({ sessionId }, researcher);
    expect(closed.closedAt).not.toBeNull();
    expect(await host.handlers['sessions.close']({ sessionId }, researcher)).toEqual(closed);
    expect(() => host.handlers['sessions.addParticipant']({ sessionId, label: 'late' }, researcher)).toThrow(
      `session ${sessionId} was closed at ${closed.closedAt}`,
    );
    expect(await host.handlers['participant.advance']({ trialIndex: 0 }, seat(participantId))).toMatchObject({
      place: { index: 1 },
    });
  });

  it.each([
    ['studies.read', { versionId: 'x' }, 'no study version x'],
    ['sessions.open', { versionId: 'x', stage: 'live', seed: 1 }, 'no study version x'],
    ['sessions.close', { sessionId: 'x' }, 'no session x'],
    ['sessions.addParticipant', { sessionId: 'x', label: 'a' }, 'no session x'],
    ['reports.read', { id: '../secrets' }, 'no report ../secrets'],
  ] as const)('is told when %s names nothing', (name, input, message) => {
    const call = host.handlers[name] as (input: unknown, caller: unknown) => unknown;
    expect(() => call(input, researcher)).toThrow(message);
  });

  it('hears of changes until the subscription ends', async () => {
    let heard = 0;
    const stop = host.subscribe('studies.changed', () => (heard += 1));
    await addParticipant();
    expect(heard).toBe(3);
    stop();
    await addParticipant();
    expect(heard).toBe(3);
  });
});

describe('the host', () => {
  it('gives labels back to the researcher in the order participants came', async () => {
    const { sessionId, participantId } = await addParticipant();
    const other = await host.handlers['sessions.addParticipant']({ sessionId, label: 'Zoë, row 2' }, researcher);
    expect(host.listParticipants(sessionId)).toEqual([
      { participantId, label: 'Station 3' },
      { participantId: other.participantId, label: 'Zoë, row 2' },
    ]);
  });

  it('answers every procedure of the contract with what its schema allows', async () => {
    const { participantId } = await addParticipant();
    const info = await host.handlers['app.info']({}, researcher);
    expect(PROCEDURES['app.info'].output.parse(info)).toMatchObject({ mode: 'headless' });
    for (const name of ['studies.list', 'sessions.list', 'reports.list'] as const)
      expect(() => PROCEDURES[name].output.parse(host.handlers[name]({}, researcher))).not.toThrow();
    const screen = await host.handlers['participant.screen']({}, seat(participantId));
    expect(PROCEDURES['participant.screen'].output.parse(screen)).toEqual(screen);
    const names = Object.keys(PROCEDURES).filter((name) => !SHELL_PROCEDURES.some((other) => other === name));
    expect(Object.keys(host.handlers).sort()).toEqual(names.sort());
  });

  it('finds everything again after closing', async () => {
    const { sessionId, participantId } = await addParticipant();
    await host.handlers['participant.advance']({ trialIndex: 0 }, seat(participantId));
    await host.handlers['participant.submit'](answer(0), seat(participantId));
    const before = [...host.readResponses(sessionId)];
    await host.close();
    host = await open();
    expect([...host.readResponses(sessionId)]).toEqual(before);
    expect(await host.handlers['participant.screen']({}, seat(participantId))).toMatchObject({
      index: 1,
      nextClientSeq: 1,
    });
  });

  it('leaves no lock and no write-ahead log behind', async () => {
    await addParticipant();
    await host.close();
    expect(readdirSync(join(root, 'lab')).sort()).toEqual([
      'backups',
      'credence.sqlite',
      'keyring.db',
      'library.sqlite',
      'reports',
      'responses.log',
      'workspace.json',
    ]);
    expect(existsSync(join(root, 'lab', 'workspace.lock'))).toBe(false);
    host = await open();
  });
});
