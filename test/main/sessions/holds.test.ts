/** What the researcher does to participations, and what pages find that arrive again. */
import { describe, expect, it } from 'vitest';
import type { ScreenOf } from '../../../shared/screen.ts';
import type { Study } from '../../../shared/study.ts';
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
  person,
  place,
  researcher,
  seat,
} from './participationLab.ts';

openLabForEach();

describe('the researcher', () => {
  it('holds everybody at the gate, pauses, moves and stops one, and sees no answer', async () => {
    const caller = await seat();
    await lab.host.handlers['sessions.gate']({ sessionId: lab.sessionId, isOpen: false }, researcher);
    await lab.host.handlers['participant.checkIn']({ locale: 'en', label: 'x' }, caller);
    expect(await place(caller)).toMatchObject({ hold: 'gate', screen: null });
    await expect(consent(caller, true)).rejects.toThrow('the participation is held up: gate');
    await lab.host.handlers['sessions.gate']({ sessionId: lab.sessionId, isOpen: true }, researcher);
    await goUntil(caller, isPhase('main'));
    const { participantId } = caller;
    await lab.host.handlers['sessions.control']({ participantId, act: 'pause', reason: 'fire drill' }, researcher);
    expect(await place(caller)).toMatchObject({ state: 'paused', hold: 'paused-by-researcher', screen: null });
    expect(() => lab.host.handlers['participant.act']({ act: 'resume' }, caller)).toThrow(
      'only the researcher can lift this hold',
    );
    await lab.host.handlers['sessions.control']({ participantId, act: 'resume' }, researcher);
    await lab.host.handlers['sessions.control']({ participantId, act: 'move', seat: 'LAB07' }, researcher);
    await lab.host.handlers['participant.act']({ act: 'help' }, caller);
    await lab.host.handlers['participant.heartbeat']({ idleMs: 200_000, waiting: 2 }, caller);
    const { tiles, isGateOpen } = await lab.host.handlers['sessions.monitor']({ sessionId: lab.sessionId }, researcher);
    expect(isGateOpen).toBe(true);
    expect(tiles).toMatchObject([
      { seat: 'LAB07', state: 'running', label: 'P1', flags: ['idle', 'help', 'waiting-answers'] },
    ]);
    expect(JSON.stringify(tiles)).not.toContain('rating');
    await lab.host.handlers['sessions.control']({ participantId, act: 'stop' }, researcher);
    expect((await place(caller)).state).toBe('aborted');
    expect(() => lab.host.handlers['sessions.control']({ participantId, act: 'pause' }, researcher)).toThrow(
      'the participation has ended: aborted',
    );
  });

  it('runs a study from any of its nodes, as a draft', async () => {
    const versionId = lab.host.importStudy(bundled);
    const added = await lab.host.handlers['sessions.preview'](
      { versionId, locale: 'de', nodeId: 'your-data', seed: 1 },
      researcher,
    );
    expect(await place({ role: 'participant', ...added })).toMatchObject({
      screen: { kind: 'data-choice', title: 'Ihre Daten' },
      study: { stage: 'draft' },
    });
    expect(() => lab.host.handlers['sessions.preview']({ versionId, nodeId: 'nowhere', seed: 1 }, researcher)).toThrow(
      'no screen of this participant comes from node "nowhere"',
    );
  });

  it('is asked before a label is used twice', async () => {
    const first = await seat();
    await lab.host.handlers['participant.checkIn']({ locale: 'en', label: 'AB12' }, first);
    const second = await another('P2');
    expect(() => lab.host.handlers['participant.checkIn']({ locale: 'en', label: 'ab12 ' }, second)).toThrow(
      'the label "ab12 " was used in this session already',
    );
    await lab.host.handlers['participant.checkIn']({ locale: 'en', label: 'ab12', isNewVisit: true }, second);
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
    await lab.host.handlers['participant.advance'](
      { trialIndex: screen.trialIndex, responses: person.answer(screen, first.nextClientSeq) },
      caller,
    );
    const before = await place(caller);
    expect((await place(caller, true)).index).toBe(where(before.index));
    expect(eventTypes(caller)).toContain('resumed');
    if (policy === 'resume') {
      await goUntil(caller, isKind('end'));
      const stored = [...lab.host.readResponses(lab.sessionId)];
      expect(stored.at(-1)?.isResumed).toBe(true);
      expect(stored[0].isResumed).toBe(false);
    }
  });

  it('waits for the researcher where the policy is block', async () => {
    const caller = await seat(withResume('block'));
    await place(caller, true);
    await goUntil(caller, isPhase('main'));
    expect(await place(caller, true)).toMatchObject({ hold: 'resume-approval', screen: null });
    await lab.host.handlers['sessions.control'](
      { participantId: caller.participantId, act: 'approve-resume' },
      researcher,
    );
    expect((await place(caller)).screen).toMatchObject({ kind: 'questions' });
  });
});
