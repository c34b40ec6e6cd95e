/** A session of simulated participants, answered through the procedures real participants use and stored as stage `simulated`. */
import type { Rating } from '../../engine/evaluation/correlate.ts';
import { createRandom } from '../../engine/random.ts';
import { type Posteriors, type Profile, simulateParticipant } from '../../engine/study/simulatedParticipant.ts';
import type { Caller } from '../../shared/api.ts';
import { CancelledError, InternalError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Host } from '../host.ts';

/** Who comes: of every four participants two think, one is anchored, one careless. */
const PROFILES: readonly Profile[] = ['noisy-posterior', 'anchored', 'noisy-posterior', 'careless'];

export type SimulationOptions = {
  readonly versionId: string;
  readonly posteriors: Posteriors;
  readonly participants: number;
  readonly seed: number;
};

/** One participant goes through every screen: answers what it asks, waits for each acknowledgement, goes on. */
async function answerStudy(host: Host, caller: Caller, options: SimulationOptions, index: number): Promise<void> {
  const { handlers } = host;
  const random = createRandom(options.seed).split('simulated', index);
  const profile = PROFILES[index % PROFILES.length];
  let clientSeq = 0;
  for (;;) {
    const { screen } = await handlers['participant.screen']({}, caller);
    if (!screen) return;
    for (const response of simulateParticipant(random, profile, [screen], options.posteriors)) {
      const numbered = { ...response, clientSeq };
      const acknowledged = await handlers['participant.submit'](numbered, caller);
      if (acknowledged.clientSeq !== clientSeq)
        throw new InternalError(`response ${clientSeq} was acknowledged as ${acknowledged.clientSeq}`);
      clientSeq++;
    }
    await handlers['participant.advance']({ trialIndex: screen.trialIndex }, caller);
  }
}

/** Runs a whole session and gives its ratings as the store holds them. Throws CancelledError when stopped. */
export async function simulateSession(host: Host, options: SimulationOptions, control: RunControl): Promise<Rating[]> {
  const { handlers } = host;
  const researcher: Caller = { role: 'researcher' };
  const { versionId, participants, seed } = options;
  const { sessionId } = await handlers['sessions.open']({ versionId, stage: 'simulated', seed }, researcher);
  for (let index = 0; index < participants; index++) {
    if (control.signal?.aborted) throw new CancelledError('demo');
    const label = `simulated-${PROFILES[index % PROFILES.length]}-${index + 1}`;
    const { participantId } = await handlers['sessions.addParticipant']({ sessionId, label }, researcher);
    await answerStudy(host, { role: 'participant', participantId }, options, index);
    control.onProgress?.({ stage: 'simulated participants', done: index + 1, total: participants, unit: 'people' });
  }
  await handlers['sessions.close']({ sessionId }, researcher);
  return [...host.readResponses(sessionId)].map(({ participantId, scenarioId, queryId, rating }) => ({
    participantId,
    scenarioId,
    queryId,
    rating,
  }));
}
