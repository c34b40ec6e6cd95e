/** Applies log records to the database: one just appended, or those it lacks after a kill, a full disk or a restore. */
import { UserError } from '../../shared/errors.ts';
import { applyRecord } from './applyRecord.ts';
import { addAuditRow } from './audit.ts';
import type { WriteHandle } from './database.ts';
import type { LogPosition } from './logFrame.ts';
import { savePosition } from './logPosition.ts';
import { decodeRecord, type LogRecord } from './logRecord.ts';
import type { ResponseLog } from './responseLog.ts';
import { explaining } from './storeErrors.ts';

/** Records applied in one transaction while replaying. */
const REPLAY_BATCH = 200;

type Numbered = { readonly record: LogRecord; readonly position: LogPosition };

/** Applies records in order, all of them or none, and moves the position behind the last. */
export function apply(write: WriteHandle, log: ResponseLog, batch: readonly Numbered[]): void {
  const last = batch.at(-1);
  if (!last) return;
  explaining(write.path, () =>
    write.transaction(() => {
      for (const { record, position } of batch)
        addAuditRow(write, record, applyRecord(write, record, position.seq), position.seq);
      savePosition(write, log, last.position);
    }),
  );
}

/** Applies what the log holds after `from`; gives the position reached. */
export function replay(write: WriteHandle, log: ResponseLog, from: LogPosition): LogPosition {
  const entries = log.readAfter(from);
  let batch: Numbered[] = [];
  for (let next = entries.next(); ; next = entries.next()) {
    if (next.done || batch.length === REPLAY_BATCH) {
      apply(write, log, batch);
      batch = [];
    }
    if (next.done) {
      if (next.value.rest !== 'damaged') return next.value.position;
      throw new UserError(`${log.path}: the response log is damaged after record ${next.value.position.seq}`, {
        hint: 'credence restore sets the damaged log aside and goes on from the database',
        location: { file: log.path },
      });
    }
    batch.push({ record: decodeRecord(next.value.body), position: next.value.position });
  }
}
