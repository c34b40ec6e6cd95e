/** The command line as its users meet it: real processes, their output and exit codes, above all on bad input. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMount, mountSmallDisk } from './smallDisk.ts';

const CLI = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `credence` with `args`; `interruptAfter` sends Ctrl-C once that text was written to stderr. */
function credence(args: readonly string[], options: { cwd?: string; interruptAfter?: string } = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  let hasInterrupted = false;
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
    if (!options.interruptAfter || hasInterrupted || !err.includes(options.interruptAfter)) return;
    hasInterrupted = true;
    child.kill('SIGINT');
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('credence', () => {
  it('lists its commands and a command’s flags', async () => {
    const overview = await credence(['--help']);
    expect(overview).toMatchObject({ code: 0, err: '' });
    for (const name of ['demo', 'infer', 'generate', 'dataset build', 'train', 'evaluate', 'serve', 'doctor'])
      expect(overview.out).toContain(`  ${name} `);
    const help = await credence(['infer', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('--precision N');
  });

  it('says its version', async () => {
    expect((await credence(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('guesses a mistyped command and flag', async () => {
    expect(await credence(['infre'])).toEqual({
      code: 1,
      out: '',
      err: 'credence: unknown command "infre"\nhint: did you mean credence infer?\n',
    });
    expect(await credence(['demo', '--sede', '3'])).toEqual({
      code: 1,
      out: '',
      err: 'credence: demo: unknown flag --sede\nhint: did you mean --seed?\n',
    });
  });

  it('shows where a program is broken', async () => {
    const file = join(folder, 'broken.wppl');
    writeFileSync(file, 'var model = function () {\n  return {q1: gausian(50, 10)};\n};\n');
    const { code, err } = await credence(['infer', file]);
    expect(code).toBe(1);
    expect(err).toContain(`${file}:2:15`);
    expect(err).toContain('  return {q1: gausian(50, 10)};\n');
    expect(err).toContain('did you mean gaussian?');
  });

  it('names a file that is not there, also as JSON', async () => {
    const file = join(folder, 'nowhere.wppl');
    const { code, out, err } = await credence(['infer', file, '--json']);
    expect(code).toBe(1);
    expect(err).toContain(file);
    expect(JSON.parse(out).error).toContain('no such file');
  });
});

describe('credence demo on a bad folder', () => {
  it('leaves a folder alone that it did not make', async () => {
    const out = join(folder, 'mine');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'precious');
    expect(await credence(['demo', '--quick', '--out', out])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`${out}: it is not empty and was not made by the demo`),
    });
    expect(readdirSync(out)).toEqual(['thesis.txt']);
  });

  it('refuses a path through a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, err } = await credence(['demo', '--quick', '--out', join(file, 'demo')]);
    expect(code).toBe(1);
    expect(err).toContain(file);
    expect(err).toContain('a file of this name is in the way');
  });

  it('stops at Ctrl-C and leaves nothing half-written', async () => {
    const out = join(folder, 'stopped', 'demo');
    const { code, err } = await credence(['demo', '--quick', '--out', out], { interruptAfter: 'labels' });
    expect(code).toBe(130);
    expect(err).toContain('cancelled');
    expect(readdirSync(join(folder, 'stopped'))).toEqual([]);
  });

  const isMountable = canMount();
  it.skipIf(!isMountable)('names a disk that is full and leaves nothing half-written', async () => {
    const disk = mountSmallDisk(48);
    if (!disk) return;
    try {
      const { code, err } = await credence(['demo', '--quick', '--out', join(disk.folder, 'demo')]);
      expect(code).toBe(1);
      expect(err).toContain('the disk is full');
      expect(err).toContain(disk.folder);
      expect(readdirSync(disk.folder)).toEqual([]);
    } finally {
      disk.remove();
    }
  });

  it.skipIf(!isMountable)('names a folder that is read-only', async () => {
    const disk = mountSmallDisk(48);
    if (!disk) return;
    disk.setReadOnly(true);
    try {
      const out = join(disk.folder, 'demo');
      const { code, err } = await credence(['demo', '--quick', '--out', out]);
      expect(code).toBe(1);
      expect(err).toContain('the file system is read-only');
      expect(err).toContain(disk.folder);
      expect(existsSync(out)).toBe(false);
    } finally {
      disk.remove();
    }
  });
});
