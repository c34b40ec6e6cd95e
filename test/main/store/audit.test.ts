/** The audit: any single edit, deletion, insertion or swap of a past row is found. */
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../engine/random.ts';
import { findAuditBreak, readAuditHead } from '../../../main/store/audit.ts';
import { type Connection, openDatabase } from '../../../main/store/database.ts';
import { hashRow, insertRow, type Row, type StoredRow, TABLES } from '../../../main/store/rows.ts';
import { type Lab, openLab } from './openLab.ts';

let lab: Lab;
let connection: Connection;
beforeEach(async () => {
  lab = await openLab(2, 15);
  await lab.host.close();
  connection = openDatabase(lab.paths.database);
});
afterEach(async () => {
  connection.close();
  await lab.remove();
});

/** Each kind of tampering leaves every row fitting its own hash: only the chain can show it. */
const TAMPERINGS: readonly [string, (random: Random, rows: readonly StoredRow[]) => void][] = [
  [
    'an edit',
    (random, rows) => {
      const row = rows[random.integer(rows.length)];
      const column = (['at', 'actor', 'action', 'entity', 'entity_id', 'reason'] as const)[random.integer(6)];
      const changed = { ...row, [column]: `${row[column]}x` };
      connection.write.run(
        `UPDATE audit SET ${column} = ?, row_hash = ? WHERE audit_seq = ?`,
        changed[column],
        hashRow('audit', changed),
        row.audit_seq,
      );
    },
  ],
  [
    'a deletion',
    (random, rows) => {
      connection.write.run('DELETE FROM audit WHERE audit_seq = ?', rows[random.integer(rows.length)].audit_seq);
    },
  ],
  [
    'an insertion',
    (random, rows) => {
      const at = random.integer(rows.length);
      for (const row of rows.slice(at).reverse())
        connection.write.run('UPDATE audit SET audit_seq = audit_seq + 1 WHERE audit_seq = ?', row.audit_seq);
      const columns = Object.fromEntries(TABLES.audit.columns.map((column) => [column, rows[at][column]]));
      insertRow(connection.write, 'audit', { ...columns, reason: 'made up' } as Row<'audit'>);
    },
  ],
  [
    'a swap',
    (random, rows) => {
      const a = random.integer(rows.length - 1);
      const [first, second] = [rows[a], rows[a + 1 + random.integer(rows.length - a - 1)]];
      const move = (from: unknown, to: unknown): void =>
        void connection.write.run('UPDATE audit SET audit_seq = ? WHERE audit_seq = ?', Number(to), Number(from));
      move(first.audit_seq, -1);
      move(second.audit_seq, first.audit_seq);
      move(-1, second.audit_seq);
    },
  ],
];

describe('the audit', () => {
  it('has one row for each record of the log, and its chain holds', () => {
    const head = readAuditHead(connection.read);
    const position = connection.read.get<{ seq: number }>('SELECT seq FROM log_position');
    expect(head.seq).toBe(position?.seq);
    expect(findAuditBreak(connection.read, head)).toBeUndefined();
  });

  it('does not let its rows be changed or deleted by the application', () => {
    expect(() => connection.write.run("UPDATE audit SET actor = 'x'")).toThrow('audit rows are never changed');
    expect(() => connection.write.run('DELETE FROM audit')).toThrow('audit rows are never deleted');
  });

  it.each(TAMPERINGS)('shows %s of any past row, 250 tries of 250', (_, tamper) => {
    connection.exec('DROP TRIGGER audit_keeps_rows');
    connection.exec('DROP TRIGGER audit_keeps_all');
    const head = readAuditHead(connection.read);
    const rows = connection.read.all<StoredRow>('SELECT * FROM audit ORDER BY audit_seq');
    const seed = 7;
    const random = createRandom(seed).split('tamper');
    let found = 0;
    for (let trial = 0; trial < 250; trial++) {
      connection.exec('SAVEPOINT trial');
      tamper(random, rows);
      if (findAuditBreak(connection.read, head) !== undefined) found++;
      connection.exec('ROLLBACK TO trial');
      connection.exec('RELEASE trial');
    }
    expect(found, `seed ${seed}`).toBe(250);
    expect(findAuditBreak(connection.read, head)).toBeUndefined();
  });
});

describe('better-sqlite3', () => {
  it('bundles an SQLite without the write-ahead log race', () => {
    const version = new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get();
    const [major, minor, patch] = String(version).split('.').map(Number);
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
  });
});
