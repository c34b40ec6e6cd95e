/** Opening a workspace: what cannot be used is refused in one clear line, and nothing half-written is left. */
import { fork } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, type Host } from '../../main/host.ts';
import { openDatabase } from '../../main/store/database.ts';
import { SCHEMA_VERSION } from '../../main/store/migrations/index.ts';
import { UserError } from '../../shared/errors.ts';
import { canMount, mountSmallDisk } from './smallDisk.ts';
import { smallStudy } from './smallStudy.ts';

let root: string;
const open = (workspace: string): Promise<Host> =>
  createHost({ workspace, mode: 'headless', studies: join(root, 'none') });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'workspace-'));
  chmodSync(root, 0o777);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The refusal as text, place and hint. */
async function refusal(workspace: string): Promise<UserError> {
  const error = await open(workspace).then(
    async (host) => {
      await host.close();
      throw new Error('it opened');
    },
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

/** Runs `work` without root's rights, which no permission would stop. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('a folder', () => {
  it('is made with its parents, and readable by its owner alone', async () => {
    const host = await open(join(root, 'a', 'b'));
    await host.close();
    expect(readdirSync(join(root, 'a', 'b'))).toContain('credence.sqlite');
    expect(JSON.parse(readFileSync(join(root, 'a', 'b', 'workspace.json'), 'utf8'))).toMatchObject({
      format: 'credence-workspace',
      schema: SCHEMA_VERSION,
    });
  });

  it('that is a file is refused', async () => {
    const path = join(root, 'notes.txt');
    writeFileSync(path, 'text');
    expect(await refusal(path)).toMatchObject({
      message: `${path}: this is a file, a workspace folder was expected`,
      location: { file: path },
    });
    expect(readFileSync(path, 'utf8')).toBe('text');
  });

  it.runIf(process.platform === 'linux')('where no folder can be made is refused at once', async () => {
    const error = await refusal('/proc/credence/lab');
    expect(error.message).toMatch(/^\/proc\/credence/);
    expect(error.hint).toBeDefined();
  });

  it('below a file is refused', async () => {
    writeFileSync(join(root, 'notes.txt'), 'text');
    const path = join(root, 'notes.txt', 'lab');
    expect(await refusal(path)).toMatchObject({
      message: `${path}: a part of the path is a file, not a folder`,
      hint: 'is the path spelled right?',
    });
  });

  it('that may not be read is refused', async () => {
    const path = join(root, 'lab');
    mkdirSync(path, { mode: 0o000 });
    expect(await asNobody(() => refusal(path))).toMatchObject({
      message: `${path}: permission denied`,
      hint: 'choose a folder you may write to, or change its permissions',
      location: { file: path },
    });
    expect(readdirSync(path)).toEqual([]);
  });

  it('that may be read but not written is refused, and so is one below it', async () => {
    chmodSync(root, 0o555);
    expect((await asNobody(() => refusal(root))).message).toBe(`${root}: permission denied`);
    expect((await asNobody(() => refusal(join(root, 'lab')))).message).toBe(`${join(root, 'lab')}: permission denied`);
    expect(readdirSync(root)).toEqual([]);
  });

  it('that is synced to other machines is refused', async () => {
    const path = join(root, 'Dropbox', 'lab');
    expect(await refusal(path)).toMatchObject({
      message: `${path}: this folder is synced to other machines, which damages open databases`,
      hint: 'choose a local folder that is not synced; backups may go to a synced one',
    });
    expect(existsSync(join(root, 'Dropbox'))).toBe(false);
  });
});

describe('a workspace', () => {
  it('that is open is refused to a second opener, which changes nothing', async () => {
    const path = join(root, 'lab');
    const host = await open(path);
    const before = readdirSync(path).sort();
    const error = await refusal(path);
    expect(error.message).toMatch(
      new RegExp(`^${path}: this workspace is already open \\(process ${process.pid}, since `),
    );
    expect(error).toMatchObject({
      hint: 'use the window that has it open, or close that first',
      location: { file: path },
    });
    expect(readdirSync(path).sort()).toEqual(before);
    host.importStudy(smallStudy());
    await host.close();
  });

  it.skipIf(process.platform === 'win32')(
    'keeps its files from other users, also in a folder they may read',
    async () => {
      const path = join(root, 'shared-folder');
      mkdirSync(path, { mode: 0o755 });
      const host = await open(path);
      host.importStudy(smallStudy());
      await host.backup();
      const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
      const readable = files.filter((file) => (statSync(join(path, file)).mode & 0o077) !== 0);
      await host.close();
      expect(files).toContain('keyring.db');
      expect(files.filter((file) => file.endsWith('backup-000001.sqlite'))).toHaveLength(1);
      expect(readable).toEqual([]);
    },
  );

  it('is opened over the lock file of a process that was killed', async () => {
    const path = join(root, 'lab');
    await (await open(path)).close();
    writeFileSync(
      join(path, 'workspace.lock'),
      JSON.stringify({ pid: process.ppid, bootId: 'x', host: 'y', openedAt: 'z' }),
    );
    await (await open(path)).close();
    expect(existsSync(join(path, 'workspace.lock'))).toBe(false);
  });

  it('opened by four processes at once is given to one of them, the others are told', async () => {
    for (let round = 0; round < 2; round++) {
      const path = join(root, `race-${round}`);
      const children = Array.from({ length: 4 }, () => fork(join(import.meta.dirname, 'openProcess.ts'), [path]));
      const replies = await Promise.all(
        children.map(
          (child) => new Promise<{ isOpen: boolean; message: string }>((done) => child.once('message', done as never)),
        ),
      );
      for (const child of children) child.kill('SIGKILL');
      expect(replies.filter(({ isOpen }) => isOpen)).toHaveLength(1);
      for (const { isOpen, message } of replies)
        if (!isOpen) expect(message).toContain(`${path}: this workspace is already open (`);
      await Promise.all(children.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))));
      await (await open(path)).close();
    }
  });

  it('of a newer version is refused by its manifest before anything is touched', async () => {
    const path = join(root, 'lab');
    await (await open(path)).close();
    const manifest = join(path, 'workspace.json');
    writeFileSync(manifest, JSON.stringify({ format: 'credence-workspace', schema: 99, version: '9.0.0' }));
    const bytes = readFileSync(join(path, 'credence.sqlite'));
    expect(await refusal(path)).toMatchObject({
      message: `${manifest}: this workspace was last used by a newer Credence (schema 99; this version knows ${SCHEMA_VERSION})`,
      hint: 'update Credence, or choose another workspace',
      location: { file: manifest },
    });
    expect(readFileSync(join(path, 'credence.sqlite')).equals(bytes)).toBe(true);
  });

  it('of a newer version is refused by its database when the manifest is lost', async () => {
    const path = join(root, 'lab');
    await (await open(path)).close();
    rmSync(join(path, 'workspace.json'));
    const database = openDatabase(join(path, 'credence.sqlite'));
    database.pragma('user_version = 99');
    database.close();
    expect((await refusal(path)).message).toContain(
      'credence.sqlite: this workspace was last used by a newer Credence',
    );
    expect(readdirSync(path)).toContain('responses.log');
  });

  it('whose database and log are gone is refused, not begun anew', async () => {
    const path = join(root, 'lab');
    await (await open(path)).close();
    for (const name of ['credence.sqlite', 'responses.log']) rmSync(join(path, name));
    expect(await refusal(path)).toMatchObject({
      message: `${join(path, 'credence.sqlite')}: the database and the response log are missing, but their keys are there`,
      hint: 'put the files back, or run credence restore to bring back the newest good backup',
    });
    expect(readdirSync(path).sort()).toEqual(['backups', 'keyring.db', 'library.sqlite', 'reports', 'workspace.json']);
  });

  it('whose database is no database is refused, and the file is kept', async () => {
    const path = join(root, 'lab');
    await (await open(path)).close();
    const database = join(path, 'credence.sqlite');
    writeFileSync(database, 'x'.repeat(8192));
    expect(await refusal(path)).toMatchObject({
      message: `${database}: the file is damaged or no database`,
      location: { file: database },
    });
    expect(readFileSync(database, 'utf8')).toBe('x'.repeat(8192));
  });
});

describe.skipIf(!canMount())('a disk', () => {
  it('that is full is named, and a new folder on it is gone again', async () => {
    for (const sizeKiB of [16, 64, 100, 140, 180]) {
      const disk = mountSmallDisk(sizeKiB);
      if (!disk) throw new Error('no disk');
      try {
        const path = join(disk.folder, 'lab');
        const error = await refusal(path);
        expect(error.message).toMatch(/: the disk is full$/);
        expect(error.location?.file?.startsWith(path)).toBe(true);
        expect(readdirSync(disk.folder, { recursive: true }), `${sizeKiB} KiB`).toEqual([]);
      } finally {
        disk.remove();
      }
    }
  });

  it('that is read-only is named', async () => {
    const disk = mountSmallDisk(4096);
    if (!disk) throw new Error('no disk');
    try {
      await (await open(join(disk.folder, 'lab'))).close();
      disk.setReadOnly(true);
      expect(await refusal(join(disk.folder, 'lab'))).toMatchObject({
        message: `${join(disk.folder, 'lab')}: the file system is read-only`,
        hint: 'choose a folder that can be written to',
      });
    } finally {
      disk.remove();
    }
  });
});
