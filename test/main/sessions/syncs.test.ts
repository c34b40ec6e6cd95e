/** What a step costs the disk: one sync of the log and one commit, however many answers and events it carries, and never a third. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DURABLE_STEPS } from '../../../main/store/failPoints.ts';
import type { Place } from '../../../shared/participation.ts';
import { isKind, lab, openLabForEach, person, place, type Seat, seat } from './participationLab.ts';

openLabForEach();

let steps: unknown[] = [];
const note = (step: unknown): void => void steps.push(step);
beforeEach(() => DURABLE_STEPS.subscribe(note));
afterEach(() => void DURABLE_STEPS.unsubscribe(note));

/** The steps at which `work` waited for the disk. */
async function syncsOf(work: () => unknown): Promise<unknown[]> {
  steps = [];
  await work();
  return steps.filter((step) => step === 'log-synced' || step === 'db-committed');
}

/** Leaves a screen as a page does, with its answers and what was seen of it. */
function leave({ screen, nextClientSeq }: Place, caller: Seat): unknown {
  const { handlers } = lab.host;
  switch (screen?.kind) {
    case 'check-in':
      return handlers['participant.checkIn']({ locale: 'en', label: 'P1' }, caller);
    case 'consent': {
      const { trialIndex } = screen;
      const decision = { trialIndex, isGranted: true, boxes: { agree: true }, dwellMs: 4000, wasReadToEnd: true };
      return handlers['participant.consent'](decision, caller);
    }
    case 'data-choice':
      return handlers['participant.dataChoice']({ trialIndex: screen.trialIndex, choice: 'use' }, caller);
    case 'text':
    case 'questions': {
      const { trialIndex } = screen;
      const events = [{ type: 'presented' as const, trialIndex, atMs: 5 }];
      const responses = screen.kind === 'questions' ? person.answer(screen, nextClientSeq) : [];
      return handlers['participant.advance']({ trialIndex, events, responses }, caller);
    }
    default:
      throw new Error(`no way on from ${screen?.kind}`);
  }
}

it('syncs the log once and commits once for each step of a study, the last one too', async () => {
  const caller = await seat();
  let count = 0;
  for (let now = await place(caller); now.screen?.kind !== 'end'; now = await place(caller)) {
    expect(await syncsOf(() => leave(now, caller)), `leaving ${now.screen?.kind} ${now.index}`).toEqual([
      'log-synced',
      'db-committed',
    ]);
    count++;
  }
  expect(count).toBeGreaterThan(8);
  expect(isKind('end')(await place(caller))).toBe(true);
});

it('syncs nothing for looking at a screen or a sign of life', async () => {
  const caller = await seat();
  await leave(await place(caller), caller);
  expect(await syncsOf(() => place(caller))).toEqual([]);
  expect(await syncsOf(() => lab.host.handlers['participant.heartbeat']({ idleMs: 3 }, caller))).toEqual([]);
});
