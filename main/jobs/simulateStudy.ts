/** Simulated people for a study outside a lab's workspace: they answer a host of their own, and the store's rows become lines to compare. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellFill } from '../../engine/study/allocate.ts';
import type { Posteriors, Profile } from '../../engine/study/simulatedParticipant.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Study } from '../../shared/study.ts';
import { createHost } from '../host.ts';
import { simulateSession } from './simulateSession.ts';

export type SimulationPlan = {
  readonly participants: number;
  /** Taken in turn by the participants. */
  readonly profiles: readonly Profile[];
  readonly seed: number;
};

/** `people`: judgments, a line each, of stage `simulated`; the participant's id names the profile. `balance`: how the cells were filled. */
export type SimulatedStudy = { readonly people: string; readonly balance: readonly CellFill[] };

const toLines = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Lets simulated people take part from check-in to the end. Throws CancelledError when stopped. */
export async function simulateStudy(
  study: Study,
  posteriors: Posteriors,
  plan: SimulationPlan,
  control: RunControl,
): Promise<SimulatedStudy> {
  const folder = mkdtempSync(join(tmpdir(), 'credence-simulate-'));
  const host = await createHost({ workspace: join(folder, 'lab'), mode: 'headless', studies: join(folder, 'none') });
  try {
    const versionId = host.importStudy(study);
    const { sessionId, participants } = await simulateSession(host, { ...plan, versionId, posteriors }, control);
    const labels = new Map(participants.map(({ participantId, label }) => [participantId, label]));
    const judgments = [...host.readResponses(sessionId)].filter(({ phase, isLatest }) => phase === 'main' && isLatest);
    const people = judgments.map(
      ({
        participantId,
        stage,
        clientSeq,
        trialIndex,
        scenarioId,
        queryId,
        rating,
        samples,
        chips,
        missingCode,
        ...rest
      }) => ({
        participantId: labels.get(participantId),
        stage,
        clientSeq,
        trialIndex,
        scenarioId,
        queryId,
        rating,
        samples,
        chips,
        missingCode,
        inputMode: rest.inputMode,
        firstInputMs: rest.firstInputMs,
        lastInputMs: rest.lastInputMs,
        commitMs: rest.commitMs,
        adjustments: rest.adjustments,
      }),
    );
    const balance = await host.handlers['sessions.balance']({ versionId, stage: 'simulated' }, { role: 'researcher' });
    return { people: toLines(people), balance };
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The programs' own answers, a line per query. */
export const programLines = (study: Study, posteriors: Readonly<Record<string, Posterior>>): string =>
  toLines(
    study.scenarios.flatMap((scenario) =>
      scenario.queries.map(({ id }) => {
        const { seed, queries } = posteriors[scenario.id];
        const { mean, sd, bins } = queries[id];
        return { scenarioId: scenario.id, queryId: id, source: 'posterior', sourceId: 'program', seed, mean, sd, bins };
      }),
    ),
  );
