/**
 * The response log: an append-only file beside the database. A record is durable when `append` returns; it is written there before the
 * database sees it, so that even a lost database is rebuilt from it.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { nameFile, writeFileAtomic } from '../processes/durableFiles.ts';
import { failPoint } from './failPoints.ts';
import { type LogSource, type LogTail, readFrames } from './logFile.ts';
import {
  claimedLength,
  decodeFrame,
  encodeFrame,
  FRAME_HEADER_BYTES,
  type LogEntry,
  type LogPosition,
  NO_CHAIN,
} from './logFrame.ts';

const FORMAT = 'credence-log';

/**
 * The file grows by as much as fills it up to a multiple of this, with zeros: an append into that room changes no length, so its sync
 * writes the record and nothing else.
 */
const ROOM_BYTES = 256 * 2 ** 10;

/** The first frame of a log. `follows` names the log that this one goes on from, after that log was damaged and set aside. */
const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  formatVersion: z.literal(1),
  logId: z.string(),
  follows: z.strictObject({ logId: z.string(), seq: z.number().int() }).nullable(),
});
export type LogHeader = z.infer<typeof headerSchema>;

/** Writes a log without records: a new one, or one that goes on after record `follows.seq` of another. */
export function createLog(path: string, follows: { logId: string; position: LogPosition } | null = null): void {
  const header: LogHeader = {
    format: FORMAT,
    formatVersion: 1,
    logId: randomUUID(),
    follows: follows && { logId: follows.logId, seq: follows.position.seq },
  };
  const before: LogPosition = follows
    ? { seq: follows.position.seq - 1, chain: follows.position.chain, bytes: 0 }
    : { seq: -1, chain: NO_CHAIN, bytes: 0 };
  writeFileAtomic(path, encodeFrame(before, Buffer.from(JSON.stringify(header))).frame);
}

function readHeader(path: string): { header: LogHeader; base: LogPosition } {
  const broken = (): UserError =>
    new UserError(`${path}: the response log cannot be read: its first record is damaged`, {
      hint: 'credence restore sets it aside and goes on from the database',
      location: { file: path },
    });
  const bytes = readFileSync(path);
  const length = claimedLength(bytes, 0);
  const end = FRAME_HEADER_BYTES + (length ?? 0);
  const frame = length === undefined || end > bytes.length ? undefined : decodeFrame(bytes.subarray(0, end));
  if (!frame) throw broken();
  const header = headerSchema.safeParse(JSON.parse(frame.body.toString('utf8')));
  if (!header.success)
    throw new UserError(`${path}: this response log was written by a newer version`, {
      hint: 'update Credence, or choose another workspace',
      location: { file: path },
    });
  return { header: header.data, base: { seq: frame.seq, chain: frame.chain, bytes: end } };
}

/** An open log. `tail` is where the next record goes. */
export class ResponseLog {
  readonly path: string;
  readonly logId: string;
  readonly follows: LogHeader['follows'];
  /** The position before the first record. */
  readonly base: LogPosition;
  #tail: LogPosition;
  #descriptor: number;
  /** Set by a failed append: bytes behind the tail are to be cut off before the next one. */
  #hasDebris = false;
  /** Where the zeros behind the tail end; 0 while none are known. */
  #roomEnd = 0;

  private constructor(path: string) {
    const { header, base } = readHeader(path);
    this.path = path;
    this.logId = header.logId;
    this.follows = header.follows;
    this.base = base;
    this.#tail = base;
    this.#descriptor = openSync(path, 'r+');
  }

  /** Opens the log at `path`, making an empty one if there is none. `readAfter` must be read to its end before the first append. */
  static open(path: string): ResponseLog {
    if (!existsSync(path)) createLog(path);
    return new ResponseLog(path);
  }

  get tail(): LogPosition {
    return this.#tail;
  }

  get source(): LogSource {
    return { descriptor: this.#descriptor, size: fstatSync(this.#descriptor).size };
  }

  /** The records after `from`; when read to the end, the tail is known and appends go there. Returns what lies behind the last record. */
  *readAfter(from: LogPosition): Generator<LogEntry, LogTail> {
    const tail = yield* readFrames(this.source, from);
    this.#tail = tail.position;
    this.#hasDebris = tail.rest === 'torn';
    if (tail.rest === 'none') this.#roomEnd = this.source.size;
    return tail;
  }

  /** All records from the first, without moving the tail: for checks. Returns what lies behind the last. */
  readAll(): Generator<LogEntry, LogTail> {
    return readFrames(this.source, this.base);
  }

  /** Adds one record after the tail and syncs it. When it throws, the log holds what it held before. */
  append(body: Buffer): LogPosition {
    return this.appendAll([body])[0];
  }

  /** Adds records after the tail and syncs them once; gives the position of each. When it throws, the log holds what it held before. */
  appendAll(bodies: readonly Buffer[]): LogPosition[] {
    const positions: LogPosition[] = [];
    const frames = bodies.map((body) => {
      const { frame, position } = encodeFrame(positions.at(-1) ?? this.#tail, body);
      positions.push(position);
      return frame;
    });
    const frame = Buffer.concat(frames);
    try {
      if (this.#hasDebris) this.#cut();
      failPoint('log-append');
      this.#write(frame, this.#tail.bytes);
      this.#makeRoom(this.#tail.bytes + frame.length);
      failPoint('log-sync');
      fdatasyncSync(this.#descriptor);
      failPoint('log-synced');
    } catch (error) {
      this.#hasDebris = true;
      this.#tryCut();
      throw nameFile(error, this.path);
    }
    this.#tail = positions.at(-1) ?? this.#tail;
    return positions;
  }

  #write(bytes: Buffer, at: number): void {
    for (let written = 0; written < bytes.length; )
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, at + written);
  }

  /** Makes room behind `end` where there is none; a disk too full for it takes records without. */
  #makeRoom(end: number): void {
    if (end <= this.#roomEnd) return;
    const roomEnd = Math.ceil(end / ROOM_BYTES) * ROOM_BYTES;
    try {
      this.#write(Buffer.alloc(roomEnd - end), end);
      this.#roomEnd = roomEnd;
    } catch {
      ftruncateSync(this.#descriptor, end);
    }
  }

  /** Cuts off what a power cut left of a record that was never acknowledged. */
  cutDebris(): void {
    if (this.#hasDebris) this.#cut();
  }

  #cut(): void {
    ftruncateSync(this.#descriptor, this.#tail.bytes);
    this.#roomEnd = this.#tail.bytes;
    fdatasyncSync(this.#descriptor);
    this.#hasDebris = false;
    this.#roomEnd = 0;
  }

  /** On a disk that just failed cutting may fail too; the next append tries again. */
  #tryCut(): void {
    try {
      this.#cut();
    } catch {
      this.#hasDebris = true;
    }
  }

  close(): void {
    // A log that was not read to its end has no room yet, and its tail is not known.
    if (this.#roomEnd > this.#tail.bytes) this.#tryCut();
    closeSync(this.#descriptor);
  }
}
