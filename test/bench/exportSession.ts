/**
 * `npm run bench:export [responses]`: exports a session of a million responses (10,000 people, 100 each) in every format, and prints for each
 * the time, the size, the highest memory above what was in use before, how often progress was told, and how soon a cancelled one stopped.
 */

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { exportSession } from '../../main/exchange/export/exportSession.ts';
import { type ExportSource, openExportSource } from '../../main/exchange/export/exportSource.ts';
import { addTrials } from '../../main/store/applyParticipation.ts';
import { canonicalJson } from '../../main/store/canonicalJson.ts';
import { addParticipant } from '../../main/store/participants.ts';
import { insertRow } from '../../main/store/rows.ts';
import { openSession } from '../../main/store/sessions.ts';
import { openStore, type Store } from '../../main/store/store.ts';
import { importStudy } from '../../main/store/studyVersions.ts';
import { openWorkspace } from '../../main/workspace.ts';
import { EXPORT_FORMATS } from '../../shared/exchange.ts';
import { type Study, studySchema } from '../../shared/study.ts';
import { answer, smallStudy } from '../main/smallStudy.ts';
import { FAST_PLACE } from '../main/store/openLab.ts';

const [responses = 1_000_000] = process.argv.slice(2).map(Number);
const EACH = 100;
const SCENARIOS = EACH / 2;
const MEGABYTE = 2 ** 20;

/** Fifty scenarios of two queries: everybody answers all of them. */
function largeStudy(): Study {
  const small = smallStudy();
  const scenarios = Array.from({ length: SCENARIOS }, (_, i) => ({ ...small.scenarios[0], id: `lake-${i}` }));
  const timeline = small.timeline.map((node) =>
    node.kind === 'block' ? { ...node, scenarioIds: scenarios.map(({ id }) => id) } : node,
  );
  return studySchema.parse({ ...small, scenarios, timeline });
}

/** Fills the session with rows as the store writes them, without its log: that would take hours of syncing. */
function fill(store: Store, sessionId: string): void {
  const write = store.connection.write;
  const random = createRandom(1);
  const screens = Array.from({ length: SCENARIOS + 1 }, (_, trialIndex) =>
    JSON.stringify({ trialIndex, phase: 'main' }),
  );
  let seq = 10_000_000;
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
    if (p % 1000 === 999) console.error(`${(p + 1) * EACH} responses made`);
  }
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

async function measure(source: ExportSource, format: (typeof EXPORT_FORMATS)[number], out: string): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let highest = before;
  let told = 0;
  const timer = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 50);
  const startedAt = performance.now();
  const { responses: written } = await exportSession(
    source,
    { format, dialect: 'plain', out },
    { onProgress: () => told++ },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(timer);
  const size = sizeOf(out) / MEGABYTE;
  rmSync(out, { recursive: true });
  const abort = new AbortController();
  let abortedAt = 0;
  const run = exportSession(
    source,
    { format, dialect: 'plain', out },
    {
      signal: abort.signal,
      onProgress: ({ done }) => {
        if (done < source.session.participants / 4 || abortedAt > 0) return;
        abortedAt = performance.now();
        abort.abort();
      },
    },
  );
  const stopped = await run.then(
    () => Number.NaN,
    () => performance.now() - abortedAt,
  );
  console.log(
    `${format.padEnd(9)} ${written} responses in ${seconds.toFixed(0)} s, ${size.toFixed(0)} MB, memory +${((highest - before) / MEGABYTE).toFixed(0)} MB, ` +
      `progress told ${told} times, cancelled within ${stopped.toFixed(0)} ms`,
  );
}

const root = mkdtempSync(join(FAST_PLACE, 'export-bench-'));
try {
  await openWorkspace(join(root, 'lab'), async ({ connection, paths, close }) => {
    const store = openStore(connection, paths);
    const study = largeStudy();
    const { versionId } = importStudy(store, study, 'researcher');
    const { sessionId } = openSession(store, { versionId, stage: 'simulated', seed: 1 });
    fill(store, sessionId);
    const source = openExportSource(store, sessionId, []);
    for (const format of EXPORT_FORMATS) await measure(source, format, join(root, `out-${format}`));
    store.close();
    close();
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}
