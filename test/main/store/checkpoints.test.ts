/** Checkpoints: never between two answers that follow one another at once, always once it is quiet; a disk that refuses one loses nothing. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Checkpoints, createCheckpoints } from '../../../main/store/checkpoints.ts';
import { type Connection, openDatabase } from '../../../main/store/database.ts';
import { DURABLE_STEPS } from '../../../main/store/failPoints.ts';
import { FAST_PLACE } from './openLab.ts';

let root: string;
let path: string;
let connection: Connection;
let checkpoints: Checkpoints;
let made = 0;
const note = (step: unknown): void => {
  if (step === 'checkpointed') made++;
};

beforeEach(() => {
  root = mkdtempSync(join(FAST_PLACE, 'checkpoints-'));
  path = join(root, 'test.sqlite');
  connection = openDatabase(path);
  connection.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB) STRICT');
  checkpoints = createCheckpoints(connection);
  made = 0;
  DURABLE_STEPS.subscribe(note);
});
afterEach(() => {
  delete process.env.CREDENCE_FAIL_POINT;
  DURABLE_STEPS.unsubscribe(note);
  checkpoints.stop();
  connection.close();
  rmSync(root, { recursive: true, force: true });
});

function commit(times: number): void {
  for (let i = 0; i < times; i++) {
    connection.write.transaction(() => connection.write.run('INSERT INTO row (body) VALUES (?)', Buffer.alloc(9000)));
    checkpoints.noteCommit();
  }
}

const sizeOf = (file: string): number => statSync(file).size;

describe('a checkpoint', () => {
  it('is not made while commits follow one another, and is made when they pause', async () => {
    const before = sizeOf(path);
    commit(200);
    expect(made).toBe(0);
    expect(sizeOf(path)).toBe(before);
    await expect.poll(() => made).toBe(1);
    expect(sizeOf(path)).toBeGreaterThan(before + 200 * 9000);
  });

  it('is not made for a few commits', async () => {
    commit(20);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(made).toBe(0);
  });

  it('is made within a commit when the write-ahead log has grown long', () => {
    const before = sizeOf(path);
    commit(2000);
    expect(made).toBe(0);
    expect(sizeOf(path)).toBeGreaterThan(before + 1000 * 9000);
    expect(sizeOf(`${path}-wal`)).toBeLessThan(20 * 2 ** 20);
  });

  it('that the disk refuses is made later, and costs nothing', async () => {
    process.env.CREDENCE_FAIL_POINT = 'checkpoint:1:EIO';
    commit(100);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(made).toBe(0);
    delete process.env.CREDENCE_FAIL_POINT;
    commit(100);
    await expect.poll(() => made).toBe(1);
    expect(connection.read.get<{ n: number }>('SELECT count(*) AS n FROM row')?.n).toBe(200);
  });
});
