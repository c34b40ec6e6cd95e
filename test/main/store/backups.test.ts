/** Backups: each checked and equal to its source, kept by number, made while answers come in, and never at the cost of an older one. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { droppedNumbers, listBackups } from '../../../main/store/backups.ts';
import { findDatabaseFaults, runAtOnce } from '../../../main/store/checks.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { type Lab, openLab, researcher } from './openLab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab(2, 5);
});
afterEach(async () => {
  delete process.env.CREDENCE_FAIL_POINT;
  await lab.remove();
});

function countIn(path: string): number {
  const copy = openDatabase(path, { journal: 'DELETE' });
  try {
    expect(runAtOnce(findDatabaseFaults(copy))).toEqual([]);
    return copy.read.get<{ n: number }>('SELECT count(*) AS n FROM response')?.n ?? -1;
  } finally {
    copy.close();
  }
}

const files = (): string[] =>
  readdirSync(lab.paths.backups)
    .filter((name) => name.startsWith('backup'))
    .sort();

describe('a backup', () => {
  it('is one whole file with all that its source has', async () => {
    await lab.host.backup();
    expect(files()).toEqual(['backup-000001.sqlite']);
    expect(countIn(join(lab.paths.backups, files()[0]))).toBe(10);
  });

  it('is not made twice of the same data', async () => {
    await lab.host.backup();
    await lab.host.backup();
    expect(files()).toHaveLength(1);
    lab.submit(0);
    await lab.host.backup();
    expect(files()).toHaveLength(2);
  });

  it('can be made while answers come in, and is true to some moment of it', async () => {
    const made = lab.host.backup();
    let isMade = false;
    void made.then(() => (isMade = true));
    let added = 0;
    while (!isMade) {
      lab.submit(added++ % 2);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await made;
    const count = countIn(join(lab.paths.backups, files()[0]));
    expect(added).toBeGreaterThan(0);
    expect(count).toBeGreaterThanOrEqual(10);
    expect(count).toBeLessThanOrEqual(10 + added);
  });

  it('is made when a session is closed', async () => {
    await lab.host.handlers['sessions.close']({ sessionId: lab.sessionId }, researcher);
    await lab.host.close();
    expect(files()).toHaveLength(1);
  });

  it.each([
    ['backup-copy', 'ENOSPC', 'the disk is full'],
    ['backup-check', 'EIO', 'the disk reported an input/output error'],
    ['backup-rename', 'EROFS', 'the file system is read-only'],
  ])('that fails at %s leaves the older ones and nothing of itself', async (point, code, reason) => {
    await lab.host.backup();
    lab.submit(0);
    const before = files();
    process.env.CREDENCE_FAIL_POINT = `${point}:1:${code}`;
    await expect(lab.host.backup()).rejects.toThrow(reason);
    expect(files()).toEqual(before);
    delete process.env.CREDENCE_FAIL_POINT;
    await lab.host.backup();
    expect(files()).toHaveLength(2);
  });

  it('of a source that does not pass its checks is refused and the older ones stay', async () => {
    await lab.host.backup();
    await lab.host.close();
    const database = openDatabase(lab.paths.database);
    database.write.run("UPDATE response SET query_id = 'other' WHERE client_seq = 0");
    database.close();
    await lab.reopen();
    lab.submit(1);
    await expect(lab.host.backup()).rejects.toThrow(
      /backup-000002\.sqlite: the backup does not pass its checks: response \d+: the row does not fit its hash/,
    );
    expect(files()).toEqual(['backup-000001.sqlite']);
  });

  it('ignores files that are none', () => {
    mkdirSync(join(lab.folder, 'x'));
    for (const name of ['backup-1.sqlite', 'backup-000003.sqlite.partial', 'notes.txt', 'backup-000012.sqlite'])
      writeFileSync(join(lab.folder, 'x', name), '');
    expect(listBackups(join(lab.folder, 'x')).map(({ number }) => number)).toEqual([12]);
    expect(listBackups(join(lab.folder, 'none'))).toEqual([]);
    expect(existsSync(join(lab.folder, 'none'))).toBe(false);
  });
});

describe('rotation', () => {
  it('keeps the last 6, then each 6th for 24, then each 144th for 14, whatever the clock says', () => {
    let kept: number[] = [];
    for (let number = 1; number <= 3000; number++) {
      kept.push(number);
      const dropped = new Set(droppedNumbers(kept));
      kept = kept.filter((candidate) => !dropped.has(candidate));
      expect(kept).toContain(number);
    }
    expect(kept.slice(-6)).toEqual([2995, 2996, 2997, 2998, 2999, 3000]);
    expect(kept.filter((number) => number % 6 === 0 && number > 3000 - 144)).toHaveLength(24);
    expect(kept.filter((number) => number % 144 === 0)).toHaveLength(14);
    expect(kept).toHaveLength(6 + 24 + 14 - 1 - 1);
  });
});
