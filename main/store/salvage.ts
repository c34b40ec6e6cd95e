/**
 * A new log out of damaged ones: every record that can still be read, from the log and from those set aside earlier, goes on after what
 * the database holds. A record that cannot be read leaves its number, so that the others keep theirs.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { salvageFrames } from './logFile.ts';
import type { LogPosition } from './logFrame.ts';
import { encodeRecord, logRecordSchema } from './logRecord.ts';
import { createLog, ResponseLog } from './responseLog.ts';

const LOG_NAME = 'responses.log';

/** What a salvage found: how many records went into the new log, and the numbers of those that are lost. */
export type Salvaged = { readonly records: number; readonly lost: readonly number[] };

/** The logs set aside earlier, oldest first. */
export function asideLogs(paths: WorkspacePaths): string[] {
  if (!existsSync(paths.damaged)) return [];
  return readdirSync(paths.damaged)
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => join(paths.damaged, name, LOG_NAME))
    .filter((path) => existsSync(path));
}

/** The readable records after `seq` in these logs, by number. */
function readableRecords(logs: readonly string[], seq: number): Map<number, Buffer> {
  const records = new Map<number, Buffer>();
  for (const path of logs) {
    const descriptor = openSync(path, 'r');
    try {
      for (const { body, position } of salvageFrames({ descriptor, size: fstatSync(descriptor).size }, 0))
        if (position.seq > seq && isRecord(body)) records.set(position.seq, body);
    } finally {
      closeSync(descriptor);
    }
  }
  return records;
}

/** Whether a frame holds a record: a log's first frame is about the log itself. */
function isRecord(body: Buffer): boolean {
  try {
    return logRecordSchema.safeParse(JSON.parse(body.toString('utf8'))).success;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Writes a new log at `path` that goes on after `from` of log `logId`, with what `logs` still hold after it. */
export function salvageLog(
  path: string,
  logs: readonly string[],
  from: { logId: string; position: LogPosition },
): Salvaged {
  const { seq } = from.position;
  const records = readableRecords(logs, seq);
  const last = Math.max(seq, ...records.keys());
  createLog(path, from);
  const log = ResponseLog.open(path);
  const lost: number[] = [];
  try {
    for (const _ of log.readAfter(log.base));
    for (let number = seq + 1; number <= last; number++) {
      const body = records.get(number);
      if (body === undefined) lost.push(number);
      log.append(body ?? lostRecord(`record ${number} could not be read`));
    }
  } finally {
    log.close();
  }
  return { records: last - seq - lost.length, lost };
}

const lostRecord = (reason: string): Buffer =>
  encodeRecord({ kind: 'record.lost', at: '', monotonicMs: 0, actor: 'system', reason });
