/** Damage: found by the checks, mended by a restore, with every acknowledged answer there afterwards and the damaged files kept aside. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { type Restored, restoreWorkspace } from '../../../main/store/restore.ts';
import type { StoredResponse } from '../../../shared/response.ts';
import { runRandomDamage } from '../../damage/randomDamage.ts';
import { type Lab, openHost, openLab } from './openLab.ts';

let lab: Lab;
afterEach(() => lab.remove());

/** A lab with a backup halfway and answers after it, closed. */
async function closedLab(): Promise<StoredResponse[]> {
  lab = await openLab(2, 12);
  await lab.host.backup();
  for (let i = 0; i < 12; i++) lab.submit(i % 2, { rating: i });
  const responses = lab.responses();
  await lab.host.close();
  return responses;
}

/** Restores, opens, and gives what was done; the lab is open afterwards. */
async function restore(): Promise<Restored> {
  const restored = restoreWorkspace(lab.paths);
  lab.host = await openHost(lab.folder);
  return restored;
}

async function expectAll(responses: readonly StoredResponse[]): Promise<void> {
  expect(lab.responses()).toEqual(responses);
  expect(await lab.host.check()).toEqual([]);
  lab.submit(0);
  lab.submit(1);
  await lab.reopen();
  expect(lab.responses()).toHaveLength(responses.length + 2);
}

/** Changes one bit of a file. */
function flipBit(path: string, offset: number, bit: number): void {
  const bytes = readFileSync(path);
  bytes[offset] ^= 1 << bit;
  writeFileSync(path, bytes);
}

describe('a sound workspace', () => {
  it('is left as it is', async () => {
    const responses = await closedLab();
    expect(await restore()).toEqual({
      database: { from: 'kept' },
      salvaged: null,
      setAside: [],
      responses: responses.length,
    });
    expect(existsSync(lab.paths.damaged)).toBe(false);
    await expectAll(responses);
  });

  it('that is open is refused', async () => {
    lab = await openLab(1, 1);
    expect(() => restoreWorkspace(lab.paths)).toThrow(`${lab.paths.keyring}: the workspace is open in another process`);
  });
});

describe('a database', () => {
  it.each<[string, (path: string) => void]>([
    ['lost', (path) => rmSync(path)],
    ['empty', (path) => truncateSync(path, 0)],
    ['cut in half', (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2))],
    ['with a wrong header', (path) => flipBit(path, 3, 4)],
    ['of zeros', (path) => writeFileSync(path, Buffer.alloc(40_960))],
    ['of text', (path) => writeFileSync(path, 'x'.repeat(10_000))],
  ])('that is %s comes back from backup and log', async (_, damage) => {
    const responses = await closedLab();
    damage(lab.paths.database);
    const restored = await restore();
    expect(restored).toMatchObject({
      database: { from: 'backup', number: 1 },
      salvaged: null,
      responses: responses.length,
    });
    await expectAll(responses);
  });

  it('comes back from an older backup when the newest is damaged too, and from the log alone when all are', async () => {
    const responses = await closedLab();
    const [backup] = readdirSync(lab.paths.backups).filter((name) => name.endsWith('.sqlite'));
    const newest = join(lab.paths.backups, 'backup-000002.sqlite');
    copyFileSync(join(lab.paths.backups, backup), newest);
    flipBit(newest, 5000, 2);
    truncateSync(newest, 9000);
    rmSync(lab.paths.database);
    expect((await restore()).database).toEqual({ from: 'backup', number: 1 });
    await lab.host.close();
    rmSync(lab.paths.database);
    truncateSync(join(lab.paths.backups, backup), 9000);
    expect((await restore()).database).toEqual({ from: 'log' });
    await expectAll(responses);
  });

  it('with a row changed behind our back is found out, and the row comes back', async () => {
    const responses = await closedLab();
    const database = openDatabase(lab.paths.database);
    database.write.run(
      'UPDATE response SET trial_index = 2 WHERE response_seq = (SELECT max(response_seq) FROM response)',
    );
    database.close();
    lab.host = await openHost(lab.folder);
    expect(await lab.host.check()).toEqual([
      { place: expect.stringMatching(/^response \d+$/), problem: 'the row does not fit its hash' },
    ]);
    await lab.host.close();
    expect((await restore()).database).toEqual({ from: 'backup', number: 1 });
    await expectAll(responses);
  });

  it('with a row taken out behind our back is found out by its log, and the row comes back', async () => {
    const responses = await closedLab();
    const database = openDatabase(lab.paths.database);
    database.write.run('DELETE FROM response WHERE response_seq = (SELECT max(response_seq) FROM response)');
    database.close();
    lab.host = await openHost(lab.folder);
    expect(await lab.host.check()).toEqual([
      { place: expect.stringMatching(/^response \d+$/), problem: 'the log has it, the database not' },
    ]);
    await lab.host.close();
    expect((await restore()).database).toEqual({ from: 'backup', number: 1 });
    await expectAll(responses);
  });
});

describe('a log', () => {
  it.each<[string, (path: string) => void]>([
    ['lost', (path) => rmSync(path)],
    ['empty', (path) => truncateSync(path, 0)],
    ['cut in half', (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2))],
    ['damaged in its header', (path) => flipBit(path, 20, 1)],
    ['damaged in the middle', (path) => flipBit(path, Math.floor(readFileSync(path).length / 2), 5)],
    ['damaged at its end', (path) => flipBit(path, readFileSync(path).length - 3, 5)],
  ])('that is %s is begun anew after a sound database', async (_, damage) => {
    const responses = await closedLab();
    damage(lab.paths.log);
    const restored = await restore();
    expect(restored).toMatchObject({ database: { from: 'kept' }, salvaged: { records: 0, lost: [] } });
    await expectAll(responses);
  });

  it('damaged before the backup does not keep a lost database from coming back', async () => {
    const responses = await closedLab();
    rmSync(lab.paths.database);
    flipBit(lab.paths.log, 3000, 3);
    const restored = await restore();
    expect(restored.database).toEqual({ from: 'backup', number: 1 });
    expect(restored.salvaged?.lost).toEqual([]);
    expect(restored.salvaged?.records).toBe(12);
    await expectAll(responses);
  });

  it('set aside once is used again when the database is lost later', async () => {
    const responses = await closedLab();
    flipBit(lab.paths.log, 3000, 3);
    await restore();
    await lab.host.close();
    rmSync(lab.paths.database);
    const restored = await restore();
    expect(restored.database).toEqual({ from: 'backup', number: 1 });
    await expectAll(responses);
  });

  it('with a record that nothing else has says which answer is lost, and keeps the numbers of the others', async () => {
    const responses = await closedLab();
    rmSync(lab.paths.database);
    const bytes = readFileSync(lab.paths.log);
    flipBit(lab.paths.log, bytes.length - 700, 3);
    const { salvaged } = await restore();
    expect(salvaged?.lost).toHaveLength(1);
    const kept = responses.filter(({ serverSeq }) => serverSeq !== salvaged?.lost[0]);
    expect(lab.responses().map(({ serverSeq, rating }) => [serverSeq, rating])).toEqual(
      kept.map(({ serverSeq, rating }) => [serverSeq, rating]),
    );
  });
});

describe('a keyring', () => {
  it.each(['keyring', 'keyringCopy'] as const)(
    'damaged in one file (%s) is made again from the other',
    async (name) => {
      const responses = await closedLab();
      writeFileSync(lab.paths[name], 'x'.repeat(9000));
      await expect(openHost(lab.folder)).rejects.toThrow(`${lab.paths[name]}: the file is damaged or no database`);
      expect((await restore()).setAside).toEqual([]);
      await expectAll(responses);
    },
  );

  it('damaged in both files is refused, and nothing else is touched', async () => {
    const responses = await closedLab();
    const sound = readFileSync(lab.paths.keyring);
    for (const path of [lab.paths.keyring, lab.paths.keyringCopy]) writeFileSync(path, 'x'.repeat(9000));
    rmSync(lab.paths.database);
    expect(() => restoreWorkspace(lab.paths)).toThrow(`${lab.paths.keyring}: no copy of the keyring can be read`);
    expect(existsSync(lab.paths.damaged)).toBe(false);
    writeFileSync(lab.paths.keyring, sound);
    await restore();
    await expectAll(responses);
  });
});

describe('random damage', () => {
  it('to database or log, whatever it is, loses no acknowledged answer', async () => {
    lab = await openLab(1, 0);
    const seed = 20261124;
    const result = await runRandomDamage(30, seed);
    expect(result, `seed ${seed}`).toMatchObject({ damages: 30, lost: 0, unmended: 0, unseen: 0 });
    expect(result.setAside).toBeGreaterThan(15);
  });
});
