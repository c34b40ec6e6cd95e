/** The doctor and the restore command, as the command line runs them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineMachine } from '../../main/doctor/machine.ts';
import { examineWorkspace } from '../../main/doctor/workspaceHealth.ts';
import { openDatabase } from '../../main/store/database.ts';
import { FAST_PLACE, type Lab, openLab } from './store/openLab.ts';

const CLI = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
const credence = (...args: string[]): { status: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
};

let lab: Lab;
beforeEach(async () => {
  lab = await openLab(1, 6);
  await lab.host.backup();
  lab.submit(0);
  await lab.host.close();
});
afterEach(() => lab.remove());

describe('doctor', () => {
  it('names Node, browser, processors, memory and graphics', () => {
    const subjects = examineMachine().map(({ subject }) => subject);
    expect(subjects).toEqual(['Node', 'Electron', 'browser', 'processors', 'memory', 'graphics']);
    expect(examineMachine()[0]).toEqual({ level: 'ok', subject: 'Node', text: process.versions.node });
  });

  it('finds a sound workspace sound', async () => {
    const findings = await examineWorkspace(lab.folder);
    expect(findings.filter(({ subject }) => subject !== 'disk')).toEqual([
      { level: 'ok', subject: 'backups', text: '1, the newest is number 1' },
      { level: 'ok', subject: 'data', text: 'every row, seal and log record holds' },
    ]);
  });

  it('names each row that does not hold, and fails', () => {
    const database = openDatabase(lab.paths.database);
    database.write.run('UPDATE response SET client_seq = 900 WHERE client_seq = 2');
    database.close();
    const { status, out, err } = credence('doctor', '--workspace', lab.folder, '--json');
    expect(status).toBe(1);
    expect(err).toContain('doctor: one fault found');
    const first = JSON.parse(out.split('\n')[0]) as { findings: { level: string; text: string }[] };
    expect(first.findings.filter(({ level }) => level === 'fault')).toEqual([
      { level: 'fault', subject: 'data', text: expect.stringMatching(/^response \d+: the row does not fit its hash$/) },
    ]);
  });

  it('says what is wrong with a workspace it cannot open, and with a folder that holds none', async () => {
    truncateSync(lab.paths.log, 5);
    expect(await examineWorkspace(lab.folder)).toContainEqual({
      level: 'fault',
      subject: 'workspace',
      text: `${lab.paths.log}: the response log cannot be read: its first record is damaged (credence restore sets it aside and goes on from the database)`,
    });
    const empty = mkdtempSync(join(FAST_PLACE, 'empty-'));
    expect(await examineWorkspace(empty)).toEqual([
      { level: 'note', subject: 'workspace', text: `${empty}: there is none yet` },
    ]);
    rmSync(empty, { recursive: true });
  });
});

describe('restore', () => {
  it('brings a lost database back and says how', () => {
    rmSync(lab.paths.database);
    const { status, out } = credence('restore', lab.folder);
    expect(status).toBe(0);
    expect(out).toContain(
      'the database was taken from a backup and brought up to date from the response log (number 1)',
    );
    expect(out).toContain('7 responses');
  });

  it('is refused where there is nothing to restore from', () => {
    const folder = mkdtempSync(join(FAST_PLACE, 'none-'));
    const { status, err } = credence('restore', folder);
    expect(status).toBe(1);
    expect(err).toContain(`${folder}: no database, no backup and no response log can be read here`);
    rmSync(folder, { recursive: true });
  });
});
