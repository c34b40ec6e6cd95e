/** The response log: cut anywhere it keeps what was whole; changed anywhere it says so; a disk that fails loses nothing acknowledged. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogTail } from '../../../main/store/logFile.ts';
import { salvageFrames } from '../../../main/store/logFile.ts';
import { ResponseLog } from '../../../main/store/responseLog.ts';
import { FAST_PLACE } from './openLab.ts';

let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(FAST_PLACE, 'log-'));
  path = join(root, 'responses.log');
});
afterEach(() => {
  delete process.env.CREDENCE_FAIL_POINT;
  rmSync(root, { recursive: true, force: true });
});

const bodies = Array.from({ length: 6 }, (_, i) => `answer ${i} ${'x'.repeat(i * 7)}`);

function readBack(log: ResponseLog): { read: string[]; tail: LogTail } {
  const entries = log.readAfter(log.base);
  const read: string[] = [];
  for (let next = entries.next(); ; next = entries.next()) {
    if (next.done) return { read, tail: next.value };
    read.push(next.value.body.toString());
  }
}

function withLog<T>(use: (log: ResponseLog) => T): T {
  const log = ResponseLog.open(path);
  try {
    return use(log);
  } finally {
    log.close();
  }
}

/** Writes the bodies and gives the file's bytes and the offset behind each record; the first offset is behind the header. */
function writeLog(): { bytes: Buffer; ends: number[] } {
  const ends = withLog((log) => {
    readBack(log);
    return [log.base.bytes, ...bodies.map((body) => log.append(Buffer.from(body)).bytes)];
  });
  return { bytes: readFileSync(path), ends };
}

describe('a log', () => {
  it('gives back what was appended, numbered from 1, and goes on after opening again', () => {
    writeLog();
    withLog((log) => {
      expect(readBack(log).read).toEqual(bodies);
      expect(log.tail.seq).toBe(bodies.length);
      expect(log.append(Buffer.from('more')).seq).toBe(bodies.length + 1);
    });
    expect(withLog(readBack).read).toEqual([...bodies, 'more']);
  });

  it('cut at any byte keeps every whole record, and the next append follows the last of them', () => {
    const { bytes, ends } = writeLog();
    for (let size = ends[0]; size < bytes.length; size++) {
      writeFileSync(path, bytes.subarray(0, size));
      const whole = ends.filter((end) => end <= size).length - 1;
      withLog((log) => {
        const { read, tail } = readBack(log);
        expect(read, `cut at ${size}`).toEqual(bodies.slice(0, whole));
        expect(tail.rest).toBe(ends.includes(size) ? 'none' : 'torn');
        log.append(Buffer.from('next'));
      });
      expect(withLog(readBack)).toMatchObject({ read: [...bodies.slice(0, whole), 'next'], tail: { rest: 'none' } });
    }
  });

  it('takes zeros behind its last record as room, writes into it, and leaves none when it is closed', () => {
    const { bytes } = writeLog();
    appendFileSync(path, Buffer.alloc(500));
    withLog((log) => {
      expect(readBack(log)).toMatchObject({ read: bodies, tail: { rest: 'none' } });
      log.append(Buffer.from('next'));
      expect(statSync(path).size).toBe(bytes.length + 500);
      log.append(Buffer.alloc(600, 'x'));
      expect(statSync(path).size).toBeGreaterThan(100_000);
      expect([...log.readAll()].length).toBe(bodies.length + 2);
    });
    expect(statSync(path).size).toBeLessThan(bytes.length + 1000);
    expect(withLog(readBack).read.slice(0, -1)).toEqual([...bodies, 'next']);
  });

  it('is closed as it was when it was not read to its end', () => {
    const { bytes } = writeLog();
    withLog((log) => void log.base);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('with zeros before its last record is damaged', () => {
    const { bytes, ends } = writeLog();
    writeFileSync(path, Buffer.from(bytes).fill(0, ends[1], ends[2]));
    expect(withLog(readBack)).toMatchObject({ read: bodies.slice(0, 1), tail: { rest: 'damaged' } });
  });

  it('with any one bit changed before its last record is found damaged, and the rest can be salvaged', () => {
    const { bytes, ends } = writeLog();
    const lastStart = ends[ends.length - 2];
    for (let offset = ends[0]; offset < lastStart; offset++) {
      const changed = Buffer.from(bytes);
      changed[offset] ^= 1 << (offset % 8);
      writeFileSync(path, changed);
      withLog((log) => {
        const hit = ends.findIndex((end) => offset < end) - 1;
        const { read, tail } = readBack(log);
        expect(tail.rest, `byte ${offset}`).toBe('damaged');
        expect(read).toEqual(bodies.slice(0, hit));
        const salvaged = [...salvageFrames(log.source, 0)].map(({ body }) => body.toString());
        expect(salvaged.slice(1)).toEqual(bodies.filter((_, i) => i !== hit));
      });
    }
  });

  it('with two records swapped, or one taken out, breaks its chain', () => {
    const { bytes, ends } = writeLog();
    const record = (i: number): Buffer => bytes.subarray(ends[i], ends[i + 1]);
    const header = bytes.subarray(0, ends[0]);
    for (const order of [
      [0, 2, 1, 3, 4, 5],
      [0, 1, 3, 4, 5],
      [0, 0, 1, 2, 3, 4, 5],
    ]) {
      writeFileSync(path, Buffer.concat([header, ...order.map(record)]));
      expect(withLog(readBack).tail.rest).toBe('damaged');
    }
  });

  it('whose header is damaged or newer is refused by name', () => {
    const { bytes } = writeLog();
    writeFileSync(path, Buffer.concat([Buffer.from('?'), bytes.subarray(1)]));
    expect(() => ResponseLog.open(path)).toThrow(
      `${path}: the response log cannot be read: its first record is damaged`,
    );
    expect(() => withLog(readBack)).toThrow();
  });
});

describe('a disk that fails', () => {
  it.each([
    ['log-append', 'ENOSPC', 'fail point'],
    ['log-sync', 'EIO', 'fail point'],
  ])('at %s with %s leaves the log as it was, and it goes on when the disk does', (step, code) => {
    writeLog();
    const { size } = statSync(path);
    withLog((log) => {
      readBack(log);
      process.env.CREDENCE_FAIL_POINT = `${step}:1:${code}`;
      expect(() => log.append(Buffer.from('refused'))).toThrow(code);
      expect(statSync(path).size).toBe(size);
      delete process.env.CREDENCE_FAIL_POINT;
      log.append(Buffer.from('later'));
    });
    expect(withLog(readBack).read).toEqual([...bodies, 'later']);
  });

  it('is not made worse by opening a log cut inside its header', () => {
    writeLog();
    truncateSync(path, 10);
    expect(() => ResponseLog.open(path)).toThrow('its first record is damaged');
    expect(statSync(path).size).toBe(10);
  });
});
