/** Browser mode's own walls, and the command that falls back to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { passOpening } from './passOpening.ts';
import { seatParticipant } from './seatParticipant.ts';
import { expect, test } from './surface.ts';
import { emptyWorkspace } from './workspaces.ts';

const START = join(import.meta.dirname, '..', '..', 'build', 'start.ts');

test('takes the key out of the address and keeps its cookie from scripts', async ({ full }) => {
  const { page } = full;
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const [cookie] = await page.context().cookies(`${page.url()}api/x`);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api' });
});

test('tells a visitor without the key what to do, and shows nothing of the workspace', async ({ full }) => {
  const context = await full.page.context().browser()?.newContext();
  const page = await context?.newPage();
  if (!page) throw new Error('no browser');
  await page.goto(full.page.url());
  await expect(page.getByRole('alert')).toContainText('this page is not signed in');
  await expect(page.getByRole('alert')).toContainText('open the address that Credence printed');
  await page.goto(`${full.page.url()}#key=guess`);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('the request was refused');
  expect(await page.content()).not.toContain('Field day');
  await context?.close();
});

test('npm start says in one line what is missing, serves on 127.0.0.1 and ends cleanly', async () => {
  const { ELECTRON_OVERRIDE_DIST_PATH: _override, DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  test.skip(process.platform !== 'linux', 'only Linux has machines without a display');
  const child = spawn(process.execPath, [START, '--workspace', emptyWorkspace()], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  await expect
    .poll(() => text)
    .toMatch(
      /^start: .+, so Credence opens in the browser instead\nCredence is open at http:\/\/127\.0\.0\.1:\d+\/#key=[\w-]+\n/,
    );
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
});

test('keeps answers while the connection is lost, and sends each once when it is back', async ({ full }) => {
  const page = await seatParticipant(full, 'offline');
  await passOpening(page);
  const fields = page.locator('.rating-tools').getByRole('textbox');
  const count = await fields.count();
  for (let i = 0; i < count; i++) await fields.nth(i).fill(String(10 * i));
  let attempts = 0;
  await page.route('**/participant.advance', async (route) => {
    // The step is lost on its way there, then on its way back.
    attempts++;
    if (attempts === 1) return route.abort();
    if (attempts === 2) {
      await route.fetch();
      return route.abort();
    }
    return route.continue();
  });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Your answers are safe on this machine.')).toBeVisible();
  await expect(page.getByText('4 of 8', { exact: true })).toBeVisible({ timeout: 10_000 });
  expect(attempts).toBe(3);
  await expect(page.getByText('Your answers are safe on this machine.')).toBeHidden();
  const study = full.page.getByRole('listitem').filter({ has: full.page.getByRole('heading', { name: 'Field day' }) });
  await expect(study).toContainText(`${count} responses`);
  await page.close();
});

test('a second start on an open workspace says who has it, and ends', async ({ full }) => {
  const child = spawn(process.execPath, [START, '--workspace', full.workspace], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(text).toContain('open');
  expect(text).toContain(full.workspace);
});
