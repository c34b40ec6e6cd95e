/** Participations over a real store for tests: a host in a scratch folder, seats, and a person who does what pages ask. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { rightOptionsOf } from '../../../engine/study/rightOptions.ts';
import { createSimulatedPerson } from '../../../engine/study/simulatedParticipant.ts';
import { createHost, type Host } from '../../../main/host.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import type { Place } from '../../../shared/participation.ts';
import type { SubmittedResponse } from '../../../shared/response.ts';
import type { ScreenOf } from '../../../shared/screen.ts';
import type { Study } from '../../../shared/study.ts';
import { FAST_PLACE } from '../store/openLab.ts';

export const researcher = { role: 'researcher' } as const;
export const bundled = loadStudy(resource('studies', 'doubles'));
const bins = Array.from({ length: 101 }, (_, i) => (i === 60 ? 1 : 0));
const posteriors = Object.fromEntries(
  bundled.scenarios.map(({ id, queries }) => [
    id,
    { queries: Object.fromEntries(queries.map((query) => [query.id, { mean: 60, sd: 0, mcse: 0, bins }])) },
  ]),
);
export const person = createSimulatedPerson(createRandom(4), 'noisy-posterior', {
  posteriors,
  rightOptions: rightOptionsOf(bundled),
});

export type Seat = { readonly role: 'participant'; readonly participantId: string };

let root: string;
/** The host of the test that runs, and the session its seats are in. */
export const lab: { host: Host; sessionId: string; reopen: () => Promise<void> } = {
  host: undefined as unknown as Host,
  sessionId: '',
  reopen: async () => {
    await lab.host.close();
    lab.host = await open();
  },
};
const open = (): Promise<Host> =>
  createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });

/** Opens a new lab before each test of a file, and closes it after. */
export function openLabForEach(): void {
  beforeEach(async () => {
    root = mkdtempSync(join(FAST_PLACE, 'participation-'));
    lab.host = await open();
  });
  afterEach(async () => {
    await lab.host.close();
    rmSync(root, { recursive: true, force: true });
  });
}

export async function seat(study: Study = bundled, label = 'P1'): Promise<Seat> {
  const versionId = lab.host.importStudy(study);
  lab.sessionId = (
    await lab.host.handlers['sessions.open']({ versionId, stage: 'pilot', seed: 3 }, researcher)
  ).sessionId;
  return another(label);
}
export const another = async (label: string): Promise<Seat> => ({
  role: 'participant',
  ...(await lab.host.handlers['sessions.addParticipant']({ sessionId: lab.sessionId, label }, researcher)),
});
export const place = async (caller: Seat, isArrival = false): Promise<Place> =>
  lab.host.handlers['participant.screen']({ isArrival }, caller);
export const eventTypes = (caller: Seat): string[] => lab.host.listEvents(caller.participantId).map(({ type }) => type);

/** Does what a page does on each screen until `isThere`; gives the place reached. */
export async function goUntil(
  caller: Seat,
  isThere: (place: Place) => boolean,
  answers = person.answer,
): Promise<Place> {
  const { handlers } = lab.host;
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
export const isKind =
  (kind: string) =>
  ({ screen }: Place) =>
    screen?.kind === kind;
export const isPhase =
  (phase: string) =>
  ({ screen }: Place) =>
    screen?.kind === 'questions' && screen.phase === phase;

export async function consent(
  caller: Seat,
  isGranted: boolean,
  boxes: Record<string, boolean> = { agree: true },
): Promise<number> {
  const { screen } = await place(caller);
  const trialIndex = screen?.kind === 'consent' ? screen.trialIndex : 0;
  return (
    await lab.host.handlers['participant.consent'](
      { trialIndex, isGranted, boxes, dwellMs: 4000, wasReadToEnd: true },
      caller,
    )
  ).index;
}

/** Answers with the wrong option for every check. */
export const wrongly = (screen: ScreenOf<'questions'>, first: number): SubmittedResponse[] =>
  person.answer(screen, first).map((response) => {
    const right = rightOptionsOf(bundled)[screen.scenarioId]?.[response.queryId];
    const query = screen.queries.find(({ id }) => id === response.queryId);
    if (right === undefined || query?.widget.kind !== 'choice') return response;
    return { ...response, choice: [query.widget.options.find(({ id }) => id !== right)?.id ?? ''] };
  });
