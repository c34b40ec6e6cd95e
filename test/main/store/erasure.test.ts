/** Erasure: nothing of the person can be read anywhere any more, nothing of anybody else changes, and a kill in between does not stop it. */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { restoreWorkspace } from '../../../main/store/restore.ts';
import { type Lab, openHost, openLab } from './openLab.ts';

const TOKEN = 31.415926535;
let lab: Lab;
beforeEach(async () => {
  lab = await openLab(2, 4);
  lab.submit(0, { rating: TOKEN });
  await lab.host.backup();
});
afterEach(() => lab.remove());

/** What could betray the person: their answer, label and key in the clear, and their sealed answers where they must be gone. */
async function secrets(): Promise<{ key: Buffer; sealed: Buffer[] }> {
  await lab.host.close();
  const keyring = openDatabase(lab.paths.keyring);
  const key = keyring.read.get<{ key: Buffer }>(
    'SELECT key FROM participant_key WHERE participant_id = ?',
    lab.participantIds[0],
  )?.key;
  keyring.close();
  const database = openDatabase(lab.paths.database);
  const sealed = database.read
    .all<{ sealed: Buffer }>('SELECT sealed FROM response WHERE participant_id = ?', lab.participantIds[0])
    .map((row) => row.sealed);
  database.close();
  lab.host = await openHost(lab.folder);
  if (!key || sealed.length === 0) throw new Error('nothing planted');
  return { key, sealed };
}

/** The files of the workspace that hold any of these bytes. */
const filesWith = (wanted: readonly (Buffer | string)[]): string[] =>
  readdirSync(lab.folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(lab.folder, name);
    return statSync(path).isFile() && wanted.some((bytes) => readFileSync(path).includes(bytes));
  });

const expectErased = async (planted: { key: Buffer; sealed: Buffer[] }): Promise<void> => {
  expect(filesWith([planted.key, String(TOKEN), 'Person 0'])).toEqual([]);
  expect(filesWith(planted.sealed)).toEqual(['backups/backup-000001.sqlite']);
  expect(lab.responses().map(({ participantId }) => participantId)).toEqual(Array(4).fill(lab.participantIds[1]));
  expect(await lab.host.check()).toEqual([]);
};

describe('an erased participant', () => {
  it('is gone from database, log, keys and backups; others keep their rows as they were', async () => {
    const planted = await secrets();
    const others = lab.responses().filter(({ participantId }) => participantId === lab.participantIds[1]);
    expect(filesWith([planted.key]).length).toBe(2);
    lab.host.eraseParticipant(lab.participantIds[0], 'asked for it');
    await expectErased(planted);
    expect(lab.responses()).toEqual(others);
    expect(() => lab.submit(0)).toThrow(`no participant ${lab.participantIds[0]}`);
    expect(() => lab.host.eraseParticipant(lab.participantIds[0], 'again')).toThrow('no participant');
  });

  it('does not come back with an old backup, not even when the log is lost too', async () => {
    const planted = await secrets();
    lab.host.eraseParticipant(lab.participantIds[0], 'asked for it');
    await lab.host.close();
    rmSync(lab.paths.database);
    rmSync(lab.paths.log);
    expect(restoreWorkspace(lab.paths).database.from).toBe('backup');
    lab.host = await openHost(lab.folder);
    await expectErased(planted);
  });

  it('does not come back when the database is made again from the log', async () => {
    const planted = await secrets();
    lab.host.eraseParticipant(lab.participantIds[0], 'asked for it');
    await lab.host.close();
    rmSync(lab.paths.database);
    lab.host = await openHost(lab.folder);
    await expectErased(planted);
  });

  it.each(['erase-logged', 'log-synced', 'db-commit', 'db-committed', 'erase-keys', 'erase-checkpoint', 'checkpoint'])(
    'is erased at the next start when the process is killed at %s',
    async (step) => {
      const planted = await secrets();
      await lab.host.close();
      const child = fork(join(import.meta.dirname, 'eraseProcess.ts'), [lab.folder, lab.participantIds[0], step], {
        stdio: 'inherit',
      });
      const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
      expect(signal).toBe('SIGKILL');
      lab.host = await openHost(lab.folder);
      await expectErased(planted);
    },
  );
});
