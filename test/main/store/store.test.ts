/** The store: settings that make a commit last, the acknowledgement rule when the disk fails, and the database made again from its log. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { canMount, mountSmallDisk } from '../smallDisk.ts';
import { answer } from '../smallStudy.ts';
import { type Lab, openLab, researcher } from './openLab.ts';

let lab: Lab;
const fail = (point: string, code: string): void => {
  process.env.CREDENCE_FAIL_POINT = `${point}:1:${code}`;
};
const mend = (): void => {
  delete process.env.CREDENCE_FAIL_POINT;
};
afterEach(async () => {
  mend();
  await lab.remove();
});

describe('the database', () => {
  beforeEach(async () => {
    lab = await openLab(1, 1);
  });

  it('is opened with the settings that make a commit last, still so after writing', async () => {
    await lab.host.close();
    const connection = openDatabase(lab.paths.database);
    connection.write.run('DELETE FROM tombstone');
    const settings = Object.fromEntries(
      [
        'journal_mode',
        'locking_mode',
        'synchronous',
        'foreign_keys',
        'secure_delete',
        'trusted_schema',
        'cell_size_check',
        'mmap_size',
      ].map((name) => [name, connection.pragma(name)]),
    );
    expect(settings).toEqual({
      journal_mode: 'wal',
      locking_mode: 'exclusive',
      synchronous: 2,
      foreign_keys: 1,
      secure_delete: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      mmap_size: 0,
    });
    expect(() => openDatabase(lab.paths.database)).toThrow('database is locked');
    connection.close();
    await lab.reopen();
  });

  it('has STRICT tables only', async () => {
    await lab.host.close();
    const connection = openDatabase(lab.paths.database);
    const tables = connection
      .pragmaRows('table_list')
      .filter((row) => row.type === 'table' && !String(row.name).startsWith('sqlite_'));
    expect(tables.length).toBeGreaterThanOrEqual(10);
    expect(tables.filter((row) => row.strict !== 1)).toEqual([]);
    connection.close();
    await lab.reopen();
  });

  it('changes nothing through a handle for reading', async () => {
    await lab.host.close();
    const connection = openDatabase(lab.paths.database);
    expect(() => connection.read.all('DELETE FROM response RETURNING 1')).toThrow('internal: a read handle was given');
    expect(connection.read.get('SELECT count(*) AS n FROM response')).toEqual({ n: 1 });
    connection.close();
    await lab.reopen();
  });

  it('keeps answers, labels and keys out of the clear', async () => {
    lab.submit(0, { rating: 41.123456 });
    await lab.host.close();
    for (const path of [lab.paths.database, lab.paths.log]) {
      const bytes = readFileSync(path);
      expect(bytes.includes('41.123456'), path).toBe(false);
      expect(bytes.includes('Person 0'), path).toBe(false);
    }
    expect(statSync(lab.paths.keyring).mode & 0o077 & statSync(lab.folder).mode).toBe(0);
    await lab.reopen();
    expect(lab.responses().map(({ rating }) => rating)).toContain(41.123456);
  });

  it('is made again from the log alone when it is lost', async () => {
    for (let i = 0; i < 250; i++) lab.submit(0, { rating: i % 101 });
    const before = lab.responses();
    await lab.host.close();
    rmSync(lab.paths.database);
    await lab.reopen();
    expect(lab.responses()).toEqual(before);
    expect(await lab.host.check()).toEqual([]);
  });
});

describe('an answer', () => {
  beforeEach(async () => {
    lab = await openLab(2, 2);
  });

  it.each([
    ['log-append', 'ENOSPC', 'the disk is full'],
    ['log-append', 'EIO', 'the disk reported an input/output error'],
    ['log-append', 'EROFS', 'the file system is read-only'],
    ['log-sync', 'EIO', 'the disk reported an input/output error'],
    ['db-begin', 'ENOSPC', 'the disk is full'],
    ['db-commit', 'EIO', 'the disk reported an input/output error'],
    ['log-synced', 'EMFILE', 'too many open files'],
  ])('refused at %s with %s is told so, and stored once when sent again', async (point, code, reason) => {
    const before = lab.responses().length;
    const caller = { role: 'participant', participantId: lab.participantIds[0] } as const;
    fail(point, code);
    expect(() => lab.host.handlers['participant.submit'](answer(2), caller)).toThrow(reason);
    expect(() => lab.host.handlers['participant.submit'](answer(2), caller)).toThrow(reason);
    mend();
    await lab.host.handlers['participant.submit'](answer(2), caller);
    await lab.host.handlers['participant.submit'](answer(2), caller);
    expect(lab.responses()).toHaveLength(before + 1);
    lab.submit(1);
    expect(await lab.host.check()).toEqual([]);
    const kept = lab.responses();
    await lab.reopen();
    expect(lab.responses()).toEqual(kept);
  });

  it('whose commit was made though it reported a fault counts as stored', async () => {
    const before = lab.responses().length;
    const caller = { role: 'participant', participantId: lab.participantIds[0] } as const;
    fail('db-committed', 'EIO');
    expect(() => lab.host.handlers['participant.submit'](answer(2), caller)).toThrow('input/output error');
    mend();
    await lab.host.handlers['participant.submit'](answer(2), caller);
    expect(lab.responses()).toHaveLength(before + 1);
    lab.submit(1);
    expect(await lab.host.check()).toEqual([]);
  });

  it('in the log but not in the database is there after opening again', async () => {
    fail('db-commit', 'EIO');
    const caller = { role: 'participant', participantId: lab.participantIds[0] } as const;
    expect(() => lab.host.handlers['participant.submit'](answer(2, { rating: 77 }), caller)).toThrow();
    mend();
    await lab.reopen();
    expect(lab.responses().filter(({ rating }) => rating === 77)).toHaveLength(1);
    const again = await lab.host.handlers['participant.submit'](answer(2, { rating: 77 }), caller);
    expect(again.clientSeq).toBe(2);
    expect(lab.responses().filter(({ rating }) => rating === 77)).toHaveLength(1);
  });
});

describe.skipIf(!canMount())('a disk that fills up', () => {
  it('costs the ballast first, and answers go on', async () => {
    const disk = mountSmallDisk(5000);
    if (!disk) throw new Error('no disk');
    try {
      lab = await openLab(1, 0, disk.folder);
      writeFileSync(lab.paths.ballast, Buffer.alloc(2_000_000, 1));
      const fill = (): number => {
        for (let count = 0; ; count++)
          try {
            lab.submit(0);
            if (!existsSync(lab.paths.ballast)) return count;
          } catch (error) {
            expect(String(error)).toMatch(/the disk is full/);
            return -1;
          }
      };
      expect(fill()).toBeGreaterThan(20);
      for (let i = 0; i < 20; i++) lab.submit(0);
      expect(await lab.host.check()).toEqual([]);
    } finally {
      await lab.host.close();
      disk.remove();
    }
  });

  it('lets no session for people begin', async () => {
    const disk = mountSmallDisk(5000);
    if (!disk) throw new Error('no disk');
    try {
      lab = await openLab(1, 0, disk.folder);
      const [{ versionId }] = await lab.host.handlers['studies.list']({}, researcher);
      expect(() => lab.host.handlers['sessions.open']({ versionId, stage: 'live', seed: 1 }, researcher)).toThrow(
        /lab: \d MiB are free on this disk, a session needs 500/,
      );
    } finally {
      await lab.host.close();
      disk.remove();
    }
  });

  it('refuses answers with its reason, loses none, and takes them again when space is freed', async () => {
    const disk = mountSmallDisk(3000);
    if (!disk) throw new Error('no disk');
    try {
      lab = await openLab(1, 0, disk.folder);
      let refusal: unknown;
      let acknowledged = 0;
      for (; acknowledged < 20_000 && refusal === undefined; acknowledged++)
        try {
          lab.submit(0);
        } catch (error) {
          refusal = error;
        }
      acknowledged -= 1;
      expect(String(refusal)).toMatch(/the disk is full/);
      expect(acknowledged).toBeGreaterThan(50);
      expect(lab.responses().length - acknowledged).toBeLessThanOrEqual(1);
      disk.resize(8000);
      lab.submit(0);
      lab.submit(0);
      expect(lab.responses()).toHaveLength(acknowledged + 2);
      expect(await lab.host.check()).toEqual([]);
      await lab.reopen();
      expect(lab.responses()).toHaveLength(acknowledged + 2);
      disk.setReadOnly(false);
    } finally {
      await lab.host.close();
      disk.remove();
    }
    expect(existsSync(lab.folder)).toBe(false);
  });
});
