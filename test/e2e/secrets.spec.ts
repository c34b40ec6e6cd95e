/** A canary key typed in the interface: shown by its end only, sealed in the workspace, and found nowhere else. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JobRequest } from '../../shared/job.ts';
import { expect, openSurface, test } from './surface.ts';
import { fullWorkspace } from './workspaces.ts';

const CANARY = 'sk-canary-7f3a9b2c4d5e6f70WXYZ';

/** Every file below `folder` whose bytes hold the canary, as it is or in Base64. */
function filesWithCanary(folder: string): string[] {
  const needles = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 36), encodeURIComponent(CANARY)];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .filter((path) => {
      const bytes = readFileSync(path);
      return needles.some((needle) => bytes.includes(needle));
    });
}

/** Processes below this one whose environment or command line holds the canary. */
function processesWithCanary(pid: number): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.flatMap((child) => {
    try {
      const words = ['environ', 'cmdline'].map((file) => readFileSync(`/proc/${child}/${file}`, 'latin1'));
      return [...(words.some((text) => text.includes(CANARY)) ? [child] : []), ...processesWithCanary(Number(child))];
    } catch {
      // It ended between the look and the read.
      return [];
    }
  });
}

test('is shown by its last four characters and found nowhere', async ({ browserName: _ }, { project }) => {
  test.setTimeout(120_000);
  const surface = await openSurface(project.name === 'desktop' ? 'desktop' : 'browser', await fullWorkspace());
  const { page, workspace, log } = surface;
  const replies: string[] = [];
  page.on('response', async (response) => void replies.push(await response.text().catch(() => '')));
  await page.getByRole('link', { name: 'Settings' }).click();
  const field = page.getByLabel('Anthropic key', { exact: true });
  await field.fill(CANARY);
  await field.press('Enter');
  await expect(page.getByText('kept, ends in WXYZ')).toBeVisible();
  await expect(field).toHaveValue('');
  // Work that starts children, writes files and fails once, so that there is something to find the key in.
  const generate: JobRequest = {
    kind: 'generate',
    input: { domain: 'sports', style: 'structured', count: 2, seed: 1 },
  };
  const filter = { search: '', domain: null, style: null, cell: null, source: null, verdict: null };
  const run: JobRequest = { kind: 'run', input: { scenarios: { filter }, precision: 5, seed: 1 } };
  await page.evaluate(
    async (requests) => {
      const call = (name: string, input: unknown): Promise<unknown> =>
        window.credence?.[name]?.(input) ??
        fetch(`./api/${name}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(input),
        }).then((response) => response.json());
      for (const request of requests) await call('jobs.start', request);
      await call('keys.set', { provider: 'nobody', key: 'x' });
      await call('safety.backUp', {});
    },
    [generate, run],
  );
  await expect(page.getByText(/\b2 valid, 0 refused/).first()).toBeAttached({ timeout: 60_000 });
  if (process.platform === 'linux') expect(processesWithCanary(process.pid)).toEqual([]);
  expect(await page.content()).not.toContain(CANARY);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
    'canary',
  );
  expect(replies.filter((text) => text.includes(CANARY))).toEqual([]);
  const isKept = existsSync(join(workspace, 'keys.json'));
  expect(isKept, 'only where there is a keyring').toBe(project.name === 'desktop');
  await surface.close();
  expect(log()).not.toContain(CANARY);
  expect(filesWithCanary(workspace)).toEqual([]);
});
