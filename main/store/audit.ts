/** The audit: one row for each applied record, each holding the hash of the row before it, so that no past row can be changed unseen. */

import type { Effect } from './applyParticipation.ts';
import type { ReadHandle, WriteHandle } from './database.ts';
import type { LogRecord } from './logRecord.ts';
import { hashRow, insertRow, type StoredRow } from './rows.ts';

const NO_HASH = Buffer.alloc(32);

/** The end of the chain: the last row's number and hash, zeros when there is none. */
export function readAuditHead(read: ReadHandle): { seq: number; hash: Buffer } {
  const row = read.get<{ audit_seq: number; row_hash: Buffer }>(
    'SELECT audit_seq, row_hash FROM audit ORDER BY audit_seq DESC LIMIT 1',
  );
  return row ? { seq: row.audit_seq, hash: row.row_hash } : { seq: 0, hash: NO_HASH };
}

/** Adds the row for one record. */
export function addAuditRow(write: WriteHandle, record: LogRecord, effect: Effect, logSeq: number): void {
  const head = readAuditHead(write);
  insertRow(write, 'audit', {
    audit_seq: head.seq + 1,
    log_seq: logSeq,
    at: record.at,
    monotonic_ms: record.monotonicMs,
    actor: record.actor,
    action: record.kind,
    entity: effect.entity,
    entity_id: effect.entityId,
    before_hash: effect.before ?? null,
    after_hash: effect.after ?? null,
    reason: effect.reason ?? '',
    previous_hash: head.hash,
  });
}

const PAGE = 1000;

/**
 * The first audit row that does not fit: changed, missing, added or moved. Undefined when the chain holds from the first row to `head`
 * (when given).
 */
export function findAuditBreak(read: ReadHandle, head?: { seq: number; hash: Buffer }): number | undefined {
  let seq = 0;
  let hash: Buffer = NO_HASH;
  for (;;) {
    const rows = read.all<StoredRow>('SELECT * FROM audit WHERE audit_seq > ? ORDER BY audit_seq LIMIT ?', seq, PAGE);
    for (const row of rows) {
      const stored = row.row_hash;
      const previous = row.previous_hash;
      const fits =
        row.audit_seq === seq + 1 &&
        Buffer.isBuffer(previous) &&
        previous.equals(hash) &&
        Buffer.isBuffer(stored) &&
        stored.equals(hashRow('audit', row));
      if (!fits) return seq + 1;
      seq += 1;
      hash = stored;
    }
    if (rows.length < PAGE) break;
  }
  return head === undefined || (head.seq === seq && head.hash.equals(hash)) ? undefined : seq + 1;
}
