/** Comprehension checks and practice over the real store: attempts are counted once, and nothing tells the right answer. */
import { describe, expect, it } from 'vitest';
import type { ScreenOf } from '../../../shared/screen.ts';
import { goUntil, isPhase, lab, openLabForEach, person, place, seat, wrongly } from './participationLab.ts';

openLabForEach();

describe('a comprehension check', () => {
  it('leads back to the instructions, logs each attempt, and ends after the last', async () => {
    const caller = await seat();
    for (const attempt of [1, 2, 3]) {
      const there = await goUntil(caller, isPhase('comprehension'));
      const screen = there.screen as ScreenOf<'questions'>;
      expect(screen.attempt).toEqual({ number: attempt, of: 3 });
      expect(JSON.stringify(screen)).not.toContain('correct');
      const input = { trialIndex: screen.trialIndex, responses: wrongly(screen, there.nextClientSeq) };
      const left = await lab.host.handlers['participant.advance'](input, caller);
      expect(left).toMatchObject({ outcome: attempt === 3 ? 'ended' : 'return', wrong: ['changes', 'spread'] });
      // The reply is lost and the page asks again: the attempt counts once.
      await lab.host.handlers['participant.advance'](input, caller);
      if (attempt < 3) expect((await place(caller)).screen).toMatchObject({ kind: 'text', title: 'How it works' });
    }
    expect(await place(caller)).toMatchObject({
      state: 'failed-comprehension',
      screen: { title: 'Thank you for your interest' },
    });
    const checks = lab.host.listEvents(caller.participantId).filter(({ type }) => type === 'check.comprehension');
    expect(checks.map(({ detail }) => detail.isPassed)).toEqual([false, false, false]);
    const revisions = [...lab.host.readResponses(lab.sessionId)].filter(({ queryId }) => queryId === 'changes');
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
    expect((await lab.host.handlers['participant.feedback']({ trialIndex }, caller)).feedback).toEqual([]);
    const answers = person
      .answer(screen, there.nextClientSeq)
      .map((answer, i) => ({ ...answer, samples: new Array(5).fill(i === 0 ? 10 : 60), rating: i === 0 ? 10 : 60 }));
    for (const answer of answers) await lab.host.handlers['participant.submit'](answer, caller);
    const { feedback } = await lab.host.handlers['participant.feedback']({ trialIndex }, caller);
    expect(feedback.map(({ verdict }) => verdict)).toEqual(['below', 'within']);
    expect(feedback[0].text).toContain('Most people would place Mia higher');
    expect(await lab.host.handlers['participant.advance']({ trialIndex }, caller)).toMatchObject({ outcome: 'next' });
  });
});
