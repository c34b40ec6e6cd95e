/**
 * A process of its own: exports a session of many responses in every format and reads each export back against the store, response by
 * response where the format holds them. Its memory is what the one who starts it allows. Prints one line of JSON a format.
 */
import { ok } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { queryKey } from '../../../../engine/evaluation/answerSet.ts';
import { exportSession } from '../../../../main/exchange/export/exportSession.ts';
import { type ExportSource, openExportSource } from '../../../../main/exchange/export/exportSource.ts';
import { importFile } from '../../../../main/exchange/import/importFile.ts';
import { readExportFolder } from '../../../../main/exchange/import/readExportFolder.ts';
import { readPeople } from '../../../../main/exchange/readPeople.ts';
import { openStore } from '../../../../main/store/store.ts';
import { openWorkspace } from '../../../../main/workspace.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../../shared/exchange.ts';
import { ANSWER_COUNT } from '../../../../shared/posterior.ts';
import { fillSession } from '../../../bench/filledSession.ts';
import { FAST_PLACE } from '../../store/openLab.ts';

const [responses] = process.argv.slice(2).map(Number);

function* storedResponses(source: ExportSource): Generator<unknown> {
  for (const { subjectId, responses: own } of source.participants())
    for (const response of own) yield { subjectId, response };
}

/** How often each whole answer was given, by query: what the formats without single responses hold. */
type Counts = Map<string, Float64Array>;

function countOf(counts: Counts, key: string): Float64Array {
  const found = counts.get(key) ?? new Float64Array(ANSWER_COUNT);
  counts.set(key, found);
  return found;
}

function storedCounts(source: ExportSource): Counts {
  const counts: Counts = new Map();
  for (const { responses: own } of source.participants())
    for (const response of own)
      for (const value of response.samples ?? [response.rating ?? 0]) countOf(counts, queryKey(response))[value]++;
  return counts;
}

/** Single responses, in lockstep with the store. Gives how many there were. */
async function compareResponses(source: ExportSource, folder: string): Promise<number> {
  const stored = storedResponses(source);
  let read = 0;
  for await (const response of readExportFolder(folder)) {
    ok(isDeepStrictEqual(response, stored.next().value), `response ${read} came back changed`);
    read++;
  }
  ok(stored.next().done, `only ${read} responses came back`);
  return read;
}

/** Values without people, query by query. Gives how many there were. */
async function compareValues(source: ExportSource, folder: string): Promise<number> {
  const counts: Counts = new Map();
  let read = 0;
  for (const { queries, values } of (await readPeople(join(folder, 'msa_multiclick.json'))).groups)
    values.forEach((own, at) => {
      for (const value of own) {
        countOf(counts, queryKey(queries[at % queries.length]))[value]++;
        read++;
      }
    });
  ok(isDeepStrictEqual(counts, storedCounts(source)), 'values came back changed');
  return read;
}

/** Shares of the whole answers, query by query. Gives how many values they stand for. */
async function compareShares(source: ExportSource, folder: string): Promise<number> {
  const stored = storedCounts(source);
  const found = await importFile(join(folder, 'ppt_bins.json'), { map: join(folder, 'ppt_map.jsonl') });
  ok(found.kind === 'answers' && found.answers.length === stored.size, 'queries are missing');
  let read = 0;
  for (const answer of found.answers) {
    const counts = countOf(stored, queryKey(answer));
    const total = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, value) => {
      ok(Math.abs((answer.bins?.[value] ?? 0) - count / total) < 1e-12, `${queryKey(answer)}: share of ${value}`);
    });
    read += total;
  }
  return read;
}

function compare(source: ExportSource, format: ExportFormat, folder: string): Promise<number> {
  if (format === 'msa') return compareValues(source, folder);
  return format === 'ppt' ? compareShares(source, folder) : compareResponses(source, folder);
}

const root = mkdtempSync(join(FAST_PLACE, 'bounded-export-'));
try {
  await openWorkspace(join(root, 'lab'), async ({ connection, paths, close }) => {
    const store = openStore(connection, paths);
    const source = openExportSource(
      store,
      fillSession(store, responses, () => {}),
      [],
    );
    for (const format of EXPORT_FORMATS) {
      const out = join(root, format);
      let told = 0;
      const plan = { format, dialect: 'plain', out } as const;
      const written = await exportSession(source, plan, { onProgress: () => told++ });
      console.log(
        JSON.stringify({ format, written: written.responses, read: await compare(source, format, out), told }),
      );
      rmSync(out, { recursive: true });
    }
    store.close();
    close();
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}
