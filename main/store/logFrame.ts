/**
 * One record of the response log as bytes: length, check sum, sequence number, hash chain, body.
 * Layout, little-endian: length u32 · CRC-32C of all that follows u32 · sequence u64 · chain [32] · body [length].
 * chain(n) = SHA-256(chain(n − 1) ‖ sequence ‖ body), so that no record can be changed, removed or moved unseen.
 */
import { createHash } from 'node:crypto';
import { crc32c } from './crc32c.ts';

const CHECKED_FROM = 8;
/** Bytes before the body. */
export const FRAME_HEADER_BYTES = 48;
/** No body is longer; a length above it is damage. */
export const LARGEST_BODY_BYTES = 64 * 2 ** 20;

/** A place in a log: after record `seq`, with the chain there and the byte offset of what follows. */
export type LogPosition = { readonly seq: number; readonly chain: Buffer; readonly bytes: number };
export type LogEntry = { readonly body: Buffer; readonly position: LogPosition };

/** The chain before the first frame of a new log. */
export const NO_CHAIN: Buffer = Buffer.alloc(32);

function chainOf(previous: Buffer, sequence: Buffer, body: Buffer): Buffer {
  return createHash('sha256').update(previous).update(sequence).update(body).digest();
}

/** The frame of `body` as record `after.seq + 1`, and the position behind it. */
export function encodeFrame(after: LogPosition, body: Buffer): { frame: Buffer; position: LogPosition } {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + body.length);
  const seq = after.seq + 1;
  frame.writeUInt32LE(body.length, 0);
  frame.writeBigUInt64LE(BigInt(seq), 8);
  const chain = chainOf(after.chain, frame.subarray(8, 16), body);
  chain.copy(frame, 16);
  body.copy(frame, FRAME_HEADER_BYTES);
  frame.writeUInt32LE(crc32c(frame.subarray(CHECKED_FROM)), 4);
  return { frame, position: { seq, chain, bytes: after.bytes + frame.length } };
}

/** The body length that the header at `offset` claims, or undefined when no frame can begin there. */
export function claimedLength(bytes: Buffer, offset: number): number | undefined {
  if (offset + FRAME_HEADER_BYTES > bytes.length) return undefined;
  const length = bytes.readUInt32LE(offset);
  return length > 0 && length <= LARGEST_BODY_BYTES ? length : undefined;
}

/** A frame whose check sum holds: its sequence number, its stated chain and its body. Undefined when it does not hold. */
export function decodeFrame(frame: Buffer): { seq: number; chain: Buffer; body: Buffer } | undefined {
  if (frame.readUInt32LE(4) !== crc32c(frame.subarray(CHECKED_FROM))) return undefined;
  return {
    seq: Number(frame.readBigUInt64LE(8)),
    chain: Buffer.from(frame.subarray(16, FRAME_HEADER_BYTES)),
    body: Buffer.from(frame.subarray(FRAME_HEADER_BYTES)),
  };
}

/** Whether a decoded frame continues the chain after `after`. */
export function continues(after: LogPosition, frame: { seq: number; chain: Buffer; body: Buffer }): boolean {
  const sequence = Buffer.alloc(8);
  sequence.writeBigUInt64LE(BigInt(frame.seq));
  return frame.seq === after.seq + 1 && chainOf(after.chain, sequence, frame.body).equals(frame.chain);
}
