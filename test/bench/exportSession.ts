/**
 * `npm run bench:export [responses]`: exports a session of a million responses (10,000 people, 100 each) in every format, and prints for each
 * the time, the size, the highest memory above what was in use before, how often progress was told, and how soon a cancelled one stopped.
 */

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exportSession } from '../../main/exchange/export/exportSession.ts';
import { type ExportSource, openExportSource } from '../../main/exchange/export/exportSource.ts';
import { openStore } from '../../main/store/store.ts';
import { openWorkspace } from '../../main/workspace.ts';
import { EXPORT_FORMATS } from '../../shared/exchange.ts';
import { FAST_PLACE } from '../main/store/openLab.ts';
import { fillSession } from './filledSession.ts';

const [responses = 1_000_000] = process.argv.slice(2).map(Number);
const MEGABYTE = 2 ** 20;

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
    const sessionId = fillSession(store, responses, (made) => console.error(`${made} responses made`));
    const source = openExportSource(store, sessionId, []);
    for (const format of EXPORT_FORMATS) await measure(source, format, join(root, `out-${format}`));
    store.close();
    close();
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}
