/** A log file on disk, read as frames: window by window from any position, and past damage where frames are still whole. */
import { readSync } from 'node:fs';
import {
  claimedLength,
  continues,
  decodeFrame,
  FRAME_HEADER_BYTES,
  type LogEntry,
  type LogPosition,
} from './logFrame.ts';

const WINDOW_BYTES = 2 ** 20;

/**
 * How a reading ended: `position` is after the last whole frame; `rest` tells what follows it: nothing but zeros, which is room for
 * records to come, a last frame that did not arrive whole, or damage (a broken frame with whole ones behind it, or one that does not continue the chain).
 */
export type LogTail = { readonly position: LogPosition; readonly rest: 'none' | 'torn' | 'damaged' };

/** An open log file of `size` bytes. */
export type LogSource = { readonly descriptor: number; readonly size: number };

function readBytes(source: LogSource, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, source.size - offset)));
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(source.descriptor, bytes, filled, bytes.length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function isZero(source: LogSource, offset: number): boolean {
  const zeros = Buffer.alloc(WINDOW_BYTES);
  for (let start = offset; start < source.size; start += WINDOW_BYTES) {
    const bytes = readBytes(source, start, WINDOW_BYTES);
    if (!bytes.equals(zeros.subarray(0, bytes.length))) return false;
  }
  return true;
}

/**
 * What follows a broken frame at `offset`. Each record is synced before the next is written, so a power cut breaks the last one only, in
 * any of its sectors; a whole frame behind a broken one means damage.
 */
function classifyRest(source: LogSource, offset: number): LogTail['rest'] {
  if (isZero(source, offset)) return 'none';
  return salvageFrames(source, offset + 1).next().done === true ? 'torn' : 'damaged';
}

/** The frames after `from`, checked one by one; ends at the first that does not hold. Returns the tail. */
export function* readFrames(source: LogSource, from: LogPosition): Generator<LogEntry, LogTail> {
  let position = from;
  let window: Buffer = Buffer.alloc(0);
  let windowStart = from.bytes;
  const at = (offset: number, length: number): Buffer => {
    if (offset < windowStart || offset + length > windowStart + window.length) {
      window = readBytes(source, offset, Math.max(WINDOW_BYTES, length));
      windowStart = offset;
    }
    return window.subarray(offset - windowStart, offset - windowStart + length);
  };
  while (position.bytes < source.size) {
    const length = claimedLength(at(position.bytes, FRAME_HEADER_BYTES), 0);
    const end = position.bytes + FRAME_HEADER_BYTES + (length ?? 0);
    const frame =
      length === undefined || end > source.size ? undefined : decodeFrame(at(position.bytes, end - position.bytes));
    if (frame === undefined) return { position, rest: classifyRest(source, position.bytes) };
    if (!continues(position, frame)) return { position, rest: 'damaged' };
    position = { seq: frame.seq, chain: frame.chain, bytes: end };
    yield { body: frame.body, position };
  }
  return { position, rest: 'none' };
}

/** Whole frames at or after byte `offset`, wherever they begin: what can still be read behind damage. The chain is not checked. */
export function* salvageFrames(source: LogSource, offset: number): Generator<LogEntry> {
  const rest = readBytes(source, offset, source.size - offset);
  for (let start = 0; start + FRAME_HEADER_BYTES <= rest.length; start++) {
    const length = claimedLength(rest, start);
    if (length === undefined || start + FRAME_HEADER_BYTES + length > rest.length) continue;
    const end = start + FRAME_HEADER_BYTES + length;
    const frame = decodeFrame(rest.subarray(start, end));
    if (!frame) continue;
    yield { body: frame.body, position: { seq: frame.seq, chain: frame.chain, bytes: offset + end } };
    start = end - 1;
  }
}
