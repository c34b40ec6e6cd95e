/** One workspace, one application: a second start shows the window that is open, and one that was killed leaves nothing in the way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../main/electronBinary.ts';
import { collect, desktopEnvironment, electronProgram, expect, launchDesktop, ROOT, test } from './surface.ts';
import { emptyWorkspace, fullWorkspace } from './workspaces.ts';

// Each opens the application twice.
test.setTimeout(90_000);

test('a second start brings the window that is open to the front, and ends', async () => {
  const workspace = emptyWorkspace();
  const environment = desktopEnvironment();
  const application = await launchDesktop(workspace, environment);
  const log = collect(application.process());
  const page = await application.firstWindow();
  await page.getByRole('heading', { name: 'Field day' }).waitFor();
  const before = log();
  const second = spawn(electronProgram(), ['--no-sandbox', ROOT, `--workspace=${workspace}`], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = collect(second);
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(said()).toContain(`${workspace} is already open; its window was brought to the front`);
  if (!findElectron()) await expect.poll(() => log().slice(before.length)).toContain('focused a window');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Field day' })).toBeVisible();
  await application.close();
});

test('a start after a kill opens the workspace with what was in it', async () => {
  const workspace = await fullWorkspace();
  const lock = join(workspace, 'workspace.lock');
  const environment = desktopEnvironment();
  const killed = await launchDesktop(workspace, environment);
  await killed.firstWindow();
  await expect.poll(() => existsSync(lock)).toBe(true);
  const gone = once(killed.process(), 'exit');
  killed.process().kill('SIGKILL');
  await gone;
  expect(existsSync(lock), 'what a kill leaves').toBe(true);
  const application = await launchDesktop(workspace, environment);
  const page = await application.firstWindow();
  await expect(page.getByText('simulated 3 participants').first()).toBeVisible();
  await application.close();
  expect(existsSync(lock)).toBe(false);
});
