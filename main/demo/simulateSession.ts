/** The demo's session of simulated participants, and their ratings as the store holds them. */
import type { Rating } from '../../engine/evaluation/correlate.ts';
import type { Profile } from '../../engine/study/simulatedParticipant.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Host } from '../host.ts';
import { simulateSession as runSession, type SimulationOptions } from '../jobs/simulateSession.ts';

/** Who comes: of every four participants two think, one is anchored, one careless. */
const PROFILES: readonly Profile[] = ['noisy-posterior', 'anchored', 'noisy-posterior', 'careless'];

/** Runs a whole session and gives its ratings. Throws CancelledError when stopped. */
export async function simulateSession(
  host: Host,
  options: Omit<SimulationOptions, 'profiles'>,
  control: RunControl,
): Promise<Rating[]> {
  const { sessionId } = await runSession(host, { ...options, profiles: PROFILES }, control);
  return [...host.readResponses(sessionId)].map(({ participantId, scenarioId, queryId, rating }) => ({
    participantId,
    scenarioId,
    queryId,
    rating,
  }));
}
