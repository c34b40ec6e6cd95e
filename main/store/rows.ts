/**
 * Rows with a hash each: SQLite's own checks do not see a changed value, these do. A row is written only through here, so that its
 * `row_hash` = SHA-256 of the canonical JSON of [table, column, …] always fits.
 */
import { createHash } from 'node:crypto';
import { InternalError } from '../../shared/errors.ts';
import type { ReadHandle, SqlValue, WriteHandle } from './database.ts';

/** The hashed tables: key, then all columns but `row_hash` in the order they are hashed. Parents stand before children. */
export const TABLES = {
  study_version: {
    key: ['version_id'],
    columns: [
      'version_id',
      'slug',
      'version',
      'title',
      'description',
      'scenarios',
      'queries',
      'imported_at',
      'log_seq',
      'study',
    ],
  },
  session: {
    key: ['session_id'],
    columns: ['session_id', 'version_id', 'stage', 'seed', 'opened_at', 'closed_at', 'next_ordinal', 'log_seq'],
  },
  participant: {
    key: ['participant_id'],
    columns: ['participant_id', 'session_id', 'ordinal', 'label', 'position', 'added_at', 'log_seq'],
  },
  assignment: { key: ['participant_id'], columns: ['participant_id', 'screens', 'sequence_hash', 'log_seq'] },
  trial: { key: ['participant_id', 'position'], columns: ['participant_id', 'position', 'trial_index', 'screen'] },
  response: {
    key: ['response_seq'],
    columns: [
      'response_seq',
      'session_id',
      'participant_id',
      'client_seq',
      'trial_index',
      'scenario_id',
      'query_id',
      'revision',
      'sealed',
      'received_at',
    ],
  },
  participation: {
    key: ['participant_id'],
    columns: [
      'participant_id',
      'state',
      'locale',
      'cell',
      'seat',
      'held_by',
      'attempts',
      'frontier',
      'left_seq',
      'identity',
      'withdrawal_hash',
      'checked_in_at',
      'changed_at',
      'ended_at',
    ],
  },
  session_gate: { key: ['session_id'], columns: ['session_id', 'is_open', 'changed_at'] },
  event: {
    key: ['event_seq'],
    columns: ['event_seq', 'session_id', 'participant_id', 'actor', 'type', 'detail', 'at', 'monotonic_ms'],
  },
  tombstone: { key: ['participant_id'], columns: ['participant_id', 'session_id', 'erased_at', 'reason'] },
  audit: {
    key: ['audit_seq'],
    columns: [
      'audit_seq',
      'log_seq',
      'at',
      'monotonic_ms',
      'actor',
      'action',
      'entity',
      'entity_id',
      'before_hash',
      'after_hash',
      'reason',
      'previous_hash',
    ],
  },
} as const satisfies Record<string, { key: readonly string[]; columns: readonly string[] }>;
export type TableName = keyof typeof TABLES;
export type Row<T extends TableName> = { readonly [C in (typeof TABLES)[T]['columns'][number]]: SqlValue };
/** A row as it is read from the database. */
export type StoredRow = Readonly<Record<string, SqlValue>>;

const plain = (value: SqlValue): unknown =>
  Buffer.isBuffer(value) ? { hex: value.toString('hex') } : typeof value === 'bigint' ? value.toString() : value;

/** The hash a row must carry, 32 bytes. */
export function hashRow(table: TableName, row: StoredRow): Buffer {
  const values = TABLES[table].columns.map((column) => plain(row[column]));
  return createHash('sha256')
    .update(JSON.stringify([table, ...values]))
    .digest();
}

const listed = (names: readonly string[], separator: string, form: (name: string) => string): string =>
  names.map(form).join(separator);

const INSERT = Object.fromEntries(
  Object.entries(TABLES).map(([table, { columns }]) => [
    table,
    `INSERT INTO ${table} (${columns.join(', ')}, row_hash) VALUES (${listed(columns, ', ', () => '?')}, ?)`,
  ]),
);

/** Adds a row and gives its hash. */
export function insertRow<T extends TableName>(write: WriteHandle, table: T, row: Row<T>): Buffer {
  const hash = hashRow(table, row);
  const values = TABLES[table].columns.map((column) => (row as StoredRow)[column]);
  write.run(INSERT[table], ...values, hash);
  return hash;
}

const keyClause = (table: TableName): string => listed(TABLES[table].key, ' AND ', (name) => `${name} = ?`);

/** The row under `key`, whole. */
export const readRow = (read: ReadHandle, table: TableName, ...key: readonly SqlValue[]): StoredRow | undefined =>
  read.get<StoredRow>(`SELECT * FROM ${table} WHERE ${keyClause(table)}`, ...key);

/** Changes columns of the row under `key`; gives its hash before and after. Throws an InternalError when there is none. */
export function updateRow<T extends TableName>(
  write: WriteHandle,
  table: T,
  key: SqlValue,
  change: Partial<Row<T>>,
): { before: Buffer; after: Buffer } {
  const row = readRow(write, table, key);
  if (!row) throw new InternalError(`no ${table} ${key}`);
  const after = hashRow(table, { ...row, ...change });
  const names = Object.keys(change);
  const sql = `UPDATE ${table} SET ${listed(names, ', ', (name) => `${name} = ?`)}, row_hash = ? WHERE ${keyClause(table)}`;
  write.run(sql, ...names.map((name) => (change as StoredRow)[name]), after, key);
  return { before: Buffer.from(row.row_hash as Buffer), after };
}
