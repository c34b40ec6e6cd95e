/** `credence export`: finds the session, writes the folder, says so, and names what is missing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportCommand } from '../../../main/commands/export.ts';
import { scratchFolder } from '../../scratch.ts';
import { type Lab, openLab } from '../store/openLab.ts';
import { runCommand } from './runCommand.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab(2, 3);
  await lab.host.close();
});
afterAll(() => lab.remove());
const run = (...args: string[]): Promise<string> => runCommand(exportCommand, '--workspace', lab.folder, ...args);

describe('credence export', () => {
  it('writes the only session of a workspace', async () => {
    const out = join(scratchFolder(), 'exported');
    expect(await run('--out', out)).toBe(`${out}: 6 answers of 2 SIMULATED participants, format csv\n`);
    expect(existsSync(join(out, 'responses_long.csv'))).toBe(true);
    const said = JSON.parse(await run('--out', out, '--format', 'jsonl', '--session', lab.sessionId, '--json'));
    expect(said).toMatchObject({
      folder: out,
      format: 'jsonl',
      sessionId: lab.sessionId,
      stage: 'simulated',
      responses: 6,
    });
  });

  it('names what is missing or wrong', async () => {
    await expect(run()).rejects.toMatchObject({ name: 'UserError', message: 'export: --out is missing' });
    await expect(run('--out', 'x', '--include', 'names')).rejects.toMatchObject({
      message: '--include: expected one of identities, texts, times, received "names"',
    });
    const empty = join(scratchFolder(), 'empty');
    await expect(runCommand(exportCommand, '--workspace', empty, '--out', 'x')).rejects.toMatchObject({
      message: 'export: expected a session, the workspace has 0',
      hint: 'open a session and let people answer first',
    });
  });
});
