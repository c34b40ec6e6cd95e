/** A session with as many responses as wanted: rows as the store writes them, without its log, which would take hours of syncing. */
import { createRandom } from '../../engine/random.ts';
import { addTrials } from '../../main/store/applyParticipation.ts';
import { canonicalJson } from '../../main/store/canonicalJson.ts';
import { addParticipant } from '../../main/store/participants.ts';
import { insertRow } from '../../main/store/rows.ts';
import { openSession } from '../../main/store/sessions.ts';
import type { Store } from '../../main/store/store.ts';
import { importStudy } from '../../main/store/studyVersions.ts';
import { type Study, studySchema } from '../../shared/study.ts';
import { answer, smallStudy } from '../main/smallStudy.ts';

/** Responses of one participant. */
export const EACH = 100;
const SCENARIOS = EACH / 2;
/** Beyond what the store itself has numbered. */
const FIRST_SEQ = 10_000_000;

/** Fifty scenarios of two queries: everybody answers all of them. */
function largeStudy(): Study {
  const small = smallStudy();
  const scenarios = Array.from({ length: SCENARIOS }, (_, i) => ({ ...small.scenarios[0], id: `lake-${i}` }));
  const timeline = small.timeline.map((node) =>
    node.kind === 'block' ? { ...node, scenarioIds: scenarios.map(({ id }) => id) } : node,
  );
  return studySchema.parse({ ...small, scenarios, timeline });
}

/** Makes a session of `responses` answers, `EACH` a participant; `onProgress` hears how many there are. Gives its id. */
export function fillSession(store: Store, responses: number, onProgress: (made: number) => void): string {
  const { versionId } = importStudy(store, largeStudy(), 'researcher');
  const { sessionId } = openSession(store, { versionId, stage: 'simulated', seed: 1 });
  const write = store.connection.write;
  const random = createRandom(1);
  const screens = Array.from({ length: SCENARIOS + 1 }, (_, trialIndex) =>
    JSON.stringify({ trialIndex, phase: 'main' }),
  );
  let seq = FIRST_SEQ;
  for (let p = 0; p < responses / EACH; p++) {
    const participantId = addParticipant(store, { sessionId, label: `Person ${p}` });
    write.transaction(() => {
      addTrials(write, participantId, screens);
      for (let clientSeq = 0; clientSeq < EACH; clientSeq++) {
        const samples = clientSeq % 10 === 0 ? [random.integer(101), random.integer(101)] : undefined;
        const response = answer(clientSeq, {
          trialIndex: 1 + (clientSeq >> 1),
          scenarioId: `lake-${clientSeq >> 1}`,
          queryId: clientSeq % 2 === 0 ? 'skill' : 'next',
          rating: samples ? (samples[0] + samples[1]) / 2 : random.integer(101),
          samples,
        });
        insertRow(write, 'response', {
          response_seq: seq++,
          session_id: sessionId,
          participant_id: participantId,
          client_seq: clientSeq,
          trial_index: response.trialIndex,
          scenario_id: response.scenarioId,
          query_id: response.queryId,
          revision: 0,
          sealed: Buffer.from(store.keyring.seal(participantId, 'response', canonicalJson(response)), 'base64'),
          received_at: new Date(1e12 + 1000 * clientSeq).toISOString(),
        });
      }
    });
    if (p % 1000 === 999) onProgress((p + 1) * EACH);
  }
  return sessionId;
}
