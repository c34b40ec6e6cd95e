/**
 * Simulated people by the hundred, through the host's own procedures: how the cells were filled, whether sequences made again are the ones
 * stored, and whether the correlation of people with programs comes out where the simulation planted it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, pick, shuffled } from '../../engine/random.ts';
import { percentileInterval } from '../../engine/statistics/bootstrap.ts';
import { mean } from '../../engine/statistics/moments.ts';
import { pearson } from '../../engine/statistics/pearson.ts';
import type { CellFill } from '../../engine/study/allocate.ts';
import type { Posteriors, Profile } from '../../engine/study/simulatedParticipant.ts';
import { createHost } from '../../main/host.ts';
import { simulateSession } from '../../main/jobs/simulateSession.ts';
import type { StoredResponse } from '../../shared/response.ts';
import type { Study } from '../../shared/study.ts';
import { FAST_PLACE } from '../main/store/openLab.ts';
import { plantedCorrelation } from './plantedCorrelation.ts';

export type SimulationResult = {
  readonly participants: number;
  readonly balance: readonly CellFill[];
  /** Sequences made again from seed, place in the session and cell, and how many equalled the stored ones. */
  readonly remade: { readonly wanted: number; readonly equal: number };
  /** The mean over people of each one's correlation with the programs: planted, and recovered with its 95 % interval. */
  readonly correlation: {
    readonly planted: number;
    readonly recovered: number;
    readonly low: number;
    readonly high: number;
    /** Whether the 99.9 % interval holds what was planted: one session in twenty misses the 95 % one by chance. */
    readonly isPlausible: boolean;
  };
  readonly seconds: number;
};

export type SimulationPlan = {
  readonly study: Study;
  readonly posteriors: Posteriors;
  readonly participants: number;
  readonly seed: number;
};

const REPLICATES = 2000;
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
    const meanOf = (scenarioId: string, queryId: string): number =>
      posteriors[scenarioId].queries[queryId].mean ?? Number.NaN;
    const byPerson = new Map<string, StoredResponse[]>();
    for (const response of host.readResponses(sessionId))
      if (response.phase === 'main' && response.rating !== null)
        byPerson.set(response.participantId, [...(byPerson.get(response.participantId) ?? []), response]);
    const correlations = [...byPerson.values()].map((own) =>
      pearson(
        own.map(({ rating }) => rating ?? Number.NaN),
        own.map(({ scenarioId, queryId }) => meanOf(scenarioId, queryId)),
      ),
    );
    const again = random.split('bootstrap');
    const replicates = Array.from({ length: REPLICATES }, () =>
      mean(correlations.map(() => pick(again, correlations))),
    );
    const { low, high } = percentileInterval(replicates);
    const wide = percentileInterval(replicates, 0.999);
    const planted = plantedCorrelation(random.split('planted'), study, posteriors);
    return {
      participants,
      balance: await host.handlers['sessions.balance']({ versionId, stage: 'simulated' }, { role: 'researcher' }),
      remade: { wanted: chosen.length, equal },
      correlation: {
        planted,
        recovered: mean(correlations),
        low,
        high,
        isPlausible: wide.low <= planted && planted <= wide.high,
      },
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
