import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { posteriorSchema } from '../../../shared/posterior.ts';

const folder = mkdtempSync(join(tmpdir(), 'credence-infer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = join(import.meta.dirname, '..', '..', '..', 'main', 'cli.ts');

function credence(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'infer', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function programFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('prints the posterior as JSON that fits its schema, the same for the same seed', () => {
  const file = programFile(
    'coins.wppl',
    'var model = function () { var a = flip(0.5); var b = flip(0.5); condition(a || b); return {both: a && b ? 100 : 0}; };',
  );
  const run = () =>
    posteriorSchema.parse(
      JSON.parse(credence(file, '--method', 'rejection', '--samples', '500', '--seed', '3', '--json').stdout),
    );
  const [first, second] = [run(), run()];
  expect(first.method).toBe('rejection');
  expect(first.accepted).toBe(500);
  expect(first.programHash).toMatch(/^[0-9a-f]{64}$/);
  expect(second.queries).toEqual(first.queries);
});

test('prints a table for people and warnings apart', () => {
  const { status, stdout, stderr } = credence(
    programFile('coin.wppl', 'var model = function () { return {coin: flip(0.25) ? 100 : 0}; };'),
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^coin {2}mean {2}25\.00/);
  expect(stderr).toMatch(/auto chose enumerate/);
});

test('a broken program is one clear message with its place and exit code 1', () => {
  const file = programFile('broken.wppl', 'var model = function () {\n  return gausian(0, 1);\n};');
  const { status, stdout, stderr } = credence(file);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(`program: gausian is not defined (${file}:2:10)`);
  expect(stderr).toContain('hint: did you mean gaussian?');
});

test('a file that is not there is named', () => {
  const { status, stderr } = credence(join(folder, 'none.wppl'));
  expect(status).toBe(1);
  expect(stderr).toMatch(/none\.wppl cannot be read: there is no such file/);
});
