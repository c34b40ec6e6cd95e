/** A staged folder appears whole or not at all. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildStaged } from '../../main/stagedFolder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'staged-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const never = async (): Promise<string> => 'it holds something else';
const always = async (): Promise<undefined> => undefined;
const write =
  (text: string) =>
  async (folder: string): Promise<void> =>
    writeFileSync(join(folder, 'a.txt'), text);

describe('buildStaged', () => {
  it('makes the folder and its parents, leaving nothing beside it', async () => {
    await buildStaged(join(root, 'x', 'out'), never, write('one'));
    expect(readFileSync(join(root, 'x', 'out', 'a.txt'), 'utf8')).toBe('one');
    expect(readdirSync(join(root, 'x'))).toEqual(['out']);
  });

  it('keeps the old folder and leaves nothing half-written when the work fails', async () => {
    await buildStaged(join(root, 'out'), never, write('one'));
    const failing = async (folder: string): Promise<void> => {
      writeFileSync(join(folder, 'a.txt'), 'two');
      throw new Error('stop');
    };
    await expect(buildStaged(join(root, 'out'), always, failing)).rejects.toThrow('stop');
    expect(readFileSync(join(root, 'out', 'a.txt'), 'utf8')).toBe('one');
    expect(readdirSync(root)).toEqual(['out']);
  });

  it('replaces a folder only when asked to', async () => {
    await buildStaged(join(root, 'out'), never, write('one'));
    await expect(buildStaged(join(root, 'out'), never, write('two'))).rejects.toMatchObject({
      message: `${join(root, 'out')}: it holds something else`,
      hint: 'choose another folder with --out',
      location: { file: join(root, 'out') },
    });
    await buildStaged(join(root, 'out'), always, write('two'));
    expect(readFileSync(join(root, 'out', 'a.txt'), 'utf8')).toBe('two');
    expect(readdirSync(root)).toEqual(['out']);
  });

  it('removes what a killed process left, and nothing of a living one', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(join(root, `.out.partial-${dead}-abc`));
    mkdirSync(join(root, `.out.partial-${process.pid}-abc`));
    mkdirSync(join(root, `.outer.partial-${dead}-abc`));
    await buildStaged(join(root, 'out'), never, write('one'));
    expect(readdirSync(root).sort()).toEqual([`.out.partial-${process.pid}-abc`, `.outer.partial-${dead}-abc`, 'out']);
  });

  it('uses an empty folder and refuses a file', async () => {
    mkdirSync(join(root, 'empty'));
    await buildStaged(join(root, 'empty'), never, write('one'));
    writeFileSync(join(root, 'file'), '');
    await expect(buildStaged(join(root, 'file'), always, write('one'))).rejects.toMatchObject({
      message: `${join(root, 'file')}: this is a file, a folder was expected`,
    });
  });
});
