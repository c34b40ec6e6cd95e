/**
 * Simulated people by the hundred, through the host's own procedures: how the cells were filled, whether sequences made again are the ones
 * stored, and whether the correlation of people with programs comes out where the simulation planted it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, shuffled } from '../../engine/random.ts';
import type { CellFill } from '../../engine/study/allocate.ts';
import type { Posteriors, Profile } from '../../engine/study/simulatedParticipant.ts';
import { createHost } from '../../main/host.ts';
import { simulateSession } from '../../main/jobs/simulateSession.ts';
import type { StoredResponse } from '../../shared/response.ts';
import type { Study } from '../../shared/study.ts';
import { FAST_PLACE } from '../main/store/openLab.ts';
import { type Planted, plantedCorrelation } from './plantedCorrelation.ts';
import { correlationOf, type Recovered, recoverCorrelation } from './recoveredCorrelation.ts';

export type SimulationResult = {
  readonly participants: number;
  readonly balance: readonly CellFill[];
  /** Sequences made again from seed, place in the session and cell, and how many equalled the stored ones. */
  readonly remade: { readonly wanted: number; readonly equal: number };
  /** The mean over people of each one's correlation with the programs: planted, and recovered with its 95 % interval. */
  readonly correlation: { readonly planted: Planted; readonly recovered: Recovered };
  readonly seconds: number;
};

export type SimulationPlan = {
  readonly study: Study;
  readonly posteriors: Posteriors;
  readonly participants: number;
  readonly seed: number;
};

const REMADE = 20;
const PROFILE: Profile = 'noisy-posterior';

/** Runs the simulation in a workspace of its own. */
export async function runSimulation({
  study,
  posteriors,
  participants,
  seed,
}: SimulationPlan): Promise<SimulationResult> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(FAST_PLACE, 'simulate-'));
  const host = await createHost({ workspace: join(folder, 'lab'), mode: 'headless', studies: join(folder, 'none') });
  try {
    const versionId = host.importStudy(study);
    const plan = { versionId, posteriors, participants, seed, profiles: [PROFILE] };
    const { sessionId } = await simulateSession(host, plan, {});
    const random = createRandom(seed).split('checks');
    const ids = host.listParticipants(sessionId).map(({ participantId }) => participantId);
    const chosen = shuffled(random.split('remade'), ids).slice(0, REMADE);
    const equal = chosen.filter((id) => host.checkSequence(id)).length;
    const byPerson = new Map<string, StoredResponse[]>();
    for (const response of host.readResponses(sessionId))
      if (response.phase === 'main')
        byPerson.set(response.participantId, [...(byPerson.get(response.participantId) ?? []), response]);
    const correlations = [...byPerson.values()].map((own) => correlationOf(own, posteriors));
    const planted = plantedCorrelation(random.split('planted'), study, posteriors);
    return {
      participants,
      balance: await host.handlers['sessions.balance']({ versionId, stage: 'simulated' }, { role: 'researcher' }),
      remade: { wanted: chosen.length, equal },
      correlation: { planted, recovered: recoverCorrelation(random.split('bootstrap'), correlations, planted) },
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
