/**
 * Checks of a database beyond SQLite's own, which do not see a changed value: every row against its hash, every sequence against its
 * assignment, the audit chain, and the database against its log. They yield between pages, so that other work goes on meanwhile.
 */

import { hashSequence } from './applyParticipation.ts';
import { findAuditBreak, readAuditHead } from './audit.ts';
import type { Connection, ReadHandle } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { LogTail } from './logFile.ts';
import type { LogEntry } from './logFrame.ts';
import { decodeRecord } from './logRecord.ts';
import { isOlder } from './migrate.ts';
import type { ResponseLog } from './responseLog.ts';
import { hashRow, type StoredRow, TABLES, type TableName } from './rows.ts';

/** One thing found wrong, and where. */
export type Fault = { readonly place: string; readonly problem: string };

/** Work in slices: yields between them, and ends with what it found. */
export type Sliced<T> = Generator<undefined, T>;

const PAGE = 500;
/** Faults listed of one kind; more are counted by nobody. */
const MOST_LISTED = 20;

/** SQLite's structural check: `quick` skips the comparison of indices with their tables. */
export function findStructuralFaults(connection: Connection, depth: 'quick' | 'full'): Fault[] {
  const pragma = depth === 'quick' ? 'quick_check' : 'integrity_check';
  const rows = connection.pragmaRows(`${pragma}(${MOST_LISTED})`).map((row) => String(Object.values(row)[0]));
  const faults = rows.filter((text) => text !== 'ok').map((problem) => ({ place: pragma, problem }));
  if (depth === 'quick') return faults;
  const orphans = connection.pragmaRows('foreign_key_check').slice(0, MOST_LISTED);
  return [
    ...faults,
    ...orphans.map((row) => ({ place: String(row.table), problem: `row ${row.rowid} has no parent` })),
  ];
}

function* findRowFaults(read: ReadHandle, table: TableName): Sliced<Fault[]> {
  const faults: Fault[] = [];
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = read.all<StoredRow & { readonly at_row: number }>(
      `SELECT rowid AS at_row, * FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${PAGE}`,
      after,
    );
    for (const row of rows) {
      after = row.at_row;
      if (Buffer.isBuffer(row.row_hash) && row.row_hash.equals(hashRow(table, row))) continue;
      const key = TABLES[table].key.map((name) => row[name]).join(' ');
      faults.push({ place: `${table} ${key}`, problem: 'the row does not fit its hash' });
    }
    yield;
    if (rows.length < PAGE || faults.length >= MOST_LISTED) return faults;
  }
}

function* findSequenceFaults(read: ReadHandle): Sliced<Fault[]> {
  const faults: Fault[] = [];
  const assignments = read.all<{ participant_id: string; sequence_hash: Buffer }>(
    'SELECT participant_id, sequence_hash FROM assignment',
  );
  for (const { participant_id, sequence_hash } of assignments) {
    const screens = read.all<{ screen: string }>(
      'SELECT screen FROM trial WHERE participant_id = ? ORDER BY position',
      participant_id,
    );
    if (!hashSequence(screens.map((row) => row.screen)).equals(sequence_hash))
      faults.push({ place: `assignment ${participant_id}`, problem: 'the screens are not those assigned' });
    yield;
  }
  return faults;
}

/** All that a database alone can tell: structure, parents, row hashes, sequences, audit chain. */
export function* findDatabaseFaults(connection: Connection): Sliced<Fault[]> {
  const faults = findStructuralFaults(connection, 'full');
  // A broken structure makes reading rows throw; what follows would only repeat it.
  if (faults.length > 0) return faults;
  const present = new Set(
    connection.read
      .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .map(({ name }) => name),
  );
  for (const table of Object.keys(TABLES) as TableName[])
    if (present.has(table)) faults.push(...(yield* findRowFaults(connection.read, table)));
    // A database that is still to be migrated lacks what later schemas add.
    else if (!isOlder(connection)) faults.push({ place: table, problem: 'the table is missing' });
  faults.push(...(yield* findSequenceFaults(connection.read)));
  const broken = findAuditBreak(connection.read, readAuditHead(connection.read));
  if (broken !== undefined) faults.push({ place: `audit ${broken}`, problem: 'the chain breaks here' });
  return faults;
}

type AnswerRow = { readonly sealed: Buffer };

/** What the database lacks or has otherwise than the log says, of one record. */
function compareEntry(read: ReadHandle, { body, position }: LogEntry): Fault | undefined {
  const record = decodeRecord(body);
  if (record.kind !== 'response.submitted') return undefined;
  const row = read.get<AnswerRow>('SELECT sealed FROM response WHERE response_seq = ?', position.seq);
  if (row?.sealed.equals(Buffer.from(record.response, 'base64'))) return undefined;
  const isErased = read.get('SELECT 1 FROM tombstone WHERE participant_id = ?', record.participantId) !== undefined;
  if (isErased && row === undefined) return undefined;
  return {
    place: `response ${position.seq}`,
    problem: row ? 'it differs from the log' : 'the log has it, the database not',
  };
}

/** The answers in the readable part of the log, up to where the database stands, that the database lacks or has otherwise. */
export function* findLostAnswers(read: ReadHandle, log: ResponseLog): Sliced<Fault[]> {
  const reached = read.get<{ seq: number }>('SELECT seq FROM log_position')?.seq ?? 0;
  const faults: Fault[] = [];
  for (const entry of log.readAll()) {
    if (entry.position.seq > reached || faults.length >= MOST_LISTED) break;
    const fault = compareEntry(read, entry);
    if (fault) faults.push(fault);
    if (entry.position.seq % PAGE === 0) yield;
  }
  return faults;
}

/** The log's chain from its first record to its last, and each answer in it against the database. */
export function* findLogFaults(read: ReadHandle, log: ResponseLog): Sliced<Fault[]> {
  const faults = yield* findLostAnswers(read, log);
  const entries: Generator<LogEntry, LogTail> = log.readAll();
  for (let next = entries.next(); ; next = entries.next()) {
    if (!next.done) {
      if (next.value.position.seq % PAGE === 0) yield;
      continue;
    }
    const { position, rest } = next.value;
    if (rest !== 'none')
      faults.push({ place: `${log.path} after record ${position.seq}`, problem: `the log is ${rest}` });
    else if (position.seq < log.tail.seq)
      faults.push({ place: log.path, problem: `it ends at record ${position.seq}, not ${log.tail.seq}` });
    return faults;
  }
}

/** Whether every answer and label opens with its key. */
export function* findSealFaults(read: ReadHandle, keyring: Keyring): Sliced<Fault[]> {
  const faults: Fault[] = [];
  const labels = read.all<{ id: string; sealed: Buffer }>(
    'SELECT participant_id AS id, label AS sealed FROM participant',
  );
  for (const { id, sealed } of labels)
    if (!keyring.opens(id, 'label', sealed))
      faults.push({ place: `participant ${id}`, problem: 'its key is missing or wrong' });
  const identities = read.all<{ id: string; sealed: Buffer }>(
    'SELECT participant_id AS id, identity AS sealed FROM participation WHERE identity IS NOT NULL',
  );
  for (const { id, sealed } of identities)
    if (!keyring.opens(id, 'identity', sealed))
      faults.push({ place: `participation ${id}`, problem: 'its key is missing or wrong' });
  let after = 0;
  for (;;) {
    const rows = read.all<{ seq: number; id: string; sealed: Buffer }>(
      `SELECT response_seq AS seq, participant_id AS id, sealed FROM response WHERE response_seq > ? ORDER BY response_seq LIMIT ${PAGE}`,
      after,
    );
    for (const { seq, id, sealed } of rows) {
      after = seq;
      if (!keyring.opens(id, 'response', sealed))
        faults.push({ place: `response ${seq}`, problem: 'its key is missing or wrong' });
    }
    yield;
    if (rows.length < PAGE || faults.length >= MOST_LISTED) return faults;
  }
}

/** Runs sliced work to its end at once. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (let next = work.next(); ; next = work.next()) if (next.done) return next.value;
}

/** Runs sliced work while letting other work in between the slices. */
export async function runYielding<T>(work: Sliced<T>): Promise<T> {
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return next.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
