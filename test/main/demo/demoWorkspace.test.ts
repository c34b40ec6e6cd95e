/** What the demo may replace: its own folder and an empty workspace, never what people did or others made. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { markDemo, objectionToReplacing } from '../../../main/demo/demoWorkspace.ts';
import { createHost } from '../../../main/host.ts';
import type { Stage } from '../../../shared/study.ts';

const researcher = { role: 'researcher' } as const;
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'credence-demo-')), 'demo');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

/** Makes a workspace in which one participant of `stage` has a session, with an answer where asked. */
async function makeWorkspace(stage?: Stage, hasAnswer = false): Promise<void> {
  const host = await createHost({ workspace: folder, mode: 'headless' });
  if (stage) {
    const studies = await host.handlers['studies.list']({}, researcher);
    const study = studies.find(({ slug }) => slug === 'field-day') ?? studies[0];
    const session = { versionId: study.versionId, stage, seed: 1 };
    const { sessionId } = await host.handlers['sessions.open'](session, researcher);
    const added = await host.handlers['sessions.addParticipant']({ sessionId, label: 'P1' }, researcher);
    const participant = { role: 'participant', participantId: added.participantId } as const;
    if (hasAnswer) {
      const consent = { trialIndex: 0, isGranted: true, boxes: {}, dwellMs: 900, wasReadToEnd: true };
      await host.handlers['participant.consent'](consent, participant);
      await host.handlers['participant.advance']({ trialIndex: 1 }, participant);
      const { screen } = await host.handlers['participant.screen']({}, participant);
      if (screen?.kind !== 'questions') throw new Error('the third screen is a scenario');
      const [query] = screen.queries;
      await host.handlers['participant.submit'](
        {
          clientSeq: 0,
          trialIndex: screen.trialIndex,
          scenarioId: screen.scenarioId,
          queryId: query.id,
          rating: 40,
          inputMode: 'mouse',
          commitMs: 900,
          adjustments: 0,
        },
        participant,
      );
    }
  }
  await host.close();
}

it('lets an empty workspace be filled, as npm start leaves it', async () => {
  await makeWorkspace();
  expect(await objectionToReplacing(folder)).toBeUndefined();
});

it('lets the demo’s own folder be replaced', async () => {
  await makeWorkspace('simulated');
  markDemo(folder, { seed: 1 });
  expect(await objectionToReplacing(folder)).toBeUndefined();
});

it('keeps a folder that is no workspace, and a workspace in which somebody has begun', async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'thesis.txt'), 'x');
  expect(await objectionToReplacing(folder)).toBe('it is not empty and was not made by the demo');
  rmSync(folder, { recursive: true });
  await makeWorkspace('pilot');
  expect(await objectionToReplacing(folder)).toBe('it is not empty and was not made by the demo');
});

it('keeps answers of people, also in the demo’s own folder', async () => {
  await makeWorkspace('pilot', true);
  markDemo(folder, { seed: 1 });
  expect(await objectionToReplacing(folder)).toBe('it holds 1 session with answers of people');
});
