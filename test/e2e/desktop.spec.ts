/** The desktop application's own walls: what a window can call, where it can go, and what it may open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { EVENT_LOG } from '../../main/eventLog.ts';
import { createHost } from '../../main/host.ts';
import { PROCEDURES } from '../../shared/api.ts';
import type { CallReply } from '../../shared/reply.ts';
import { scratchFolder } from '../scratch.ts';
import { desktopEnvironment, electronProgram, expect, openSurface, ROOT, test } from './surface.ts';
import { emptyWorkspace, fullWorkspace } from './workspaces.ts';

const namesOf = (role: string): string[] =>
  Object.entries(PROCEDURES).flatMap(([name, procedure]) => (procedure.role === role ? [name] : []));

/** Calls the window's bridge as the page would. */
const callBridge = (page: Page, name: string, input: unknown): Promise<CallReply | undefined> =>
  page.evaluate(([procedure, value]) => window.credence?.[procedure]?.(value), [name, input] as const);

test('gives the researcher one function per procedure of their role, which cannot be replaced', async ({ full }) => {
  const { page } = full;
  expect(await page.evaluate(() => Object.keys(window.credence ?? {}))).toEqual(namesOf('researcher'));
  const isReplaced = await page.evaluate(() => {
    try {
      Object.assign(window.credence ?? {}, { 'studies.list': () => 'mine' });
    } catch {
      return false;
    }
    return String(window.credence?.['studies.list']) === "() => 'mine'";
  });
  expect(isReplaced).toBe(false);
});

test('refuses input outside the schema, and logs it', async ({ full }) => {
  const { page, log } = full;
  for (const input of [
    { versionId: 'x', extra: 1 },
    { versionId: Number.NaN },
    {},
    'text',
    { versionId: 'x'.repeat(81) },
  ])
    expect(await callBridge(page, 'studies.read', input)).toMatchObject({ ok: false, refusal: 'input' });
  expect(await callBridge(page, 'studies.read', { versionId: 'x'.repeat(2_000_000) })).toMatchObject({
    refusal: 'oversize',
  });
  await expect.poll(log).toContain('refused studies.read from window-1: input');
  await expect.poll(log).toContain('refused studies.read from window-1: oversize');
  expect(readFileSync(join(full.workspace, EVENT_LOG), 'utf8')).toContain(
    'refused studies.read from window-1: oversize',
  );
});

test('goes nowhere else, opens no window, keeps no download and gets no permission', async ({ full }) => {
  const { page, log } = full;
  const address = page.url();
  const windows = page.context().pages().length;
  await page.evaluate(() => {
    window.location.href = 'https://elsewhere.invalid/elsewhere';
  });
  await expect.poll(log).toContain('refused navigation: https://elsewhere.invalid/elsewhere');
  expect(page.url()).toBe(address);
  await page.evaluate(() => {
    window.open('https://elsewhere.invalid/popup');
  });
  await expect.poll(log).toContain('refused new window: https://elsewhere.invalid/popup');
  await expect.poll(() => page.context().pages().length).toBe(windows);
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'x.txt';
    link.click();
  });
  await expect.poll(log).toContain('refused download');
  const states = await page.evaluate(() =>
    Promise.all(
      (['geolocation', 'notifications'] as const).map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    ),
  );
  expect(states).toEqual(['denied', 'denied']);
  await expect(page.getByRole('heading', { name: 'Studies' })).toBeVisible();
});

test('gives a participant their own origin and only their own functions', async ({ full }) => {
  const { page } = full;
  await page.reload();
  const station = await full.station(async () => {
    const studies = await page.evaluate(async () => {
      const reply = await window.credence?.['studies.list']?.({});
      return reply?.ok ? (reply.value as { versionId: string; slug: string }[]) : [];
    });
    const study = studies.find(({ slug }) => slug === 'field-day') ?? studies[0];
    const opened = await callBridge(page, 'sessions.open', { versionId: study.versionId, stage: 'draft', seed: 1 });
    if (!opened?.ok) throw new Error(opened?.error.message);
    const { sessionId } = opened.value as { sessionId: string };
    const added = await callBridge(page, 'sessions.addParticipant', { sessionId, label: 'P9' });
    if (!added?.ok) throw new Error(added?.error.message);
    expect(await callBridge(page, 'stations.open', added.value)).toEqual({ ok: true, value: { address: null } });
  });
  await expect(station.getByRole('heading', { name: 'Taking part' })).toBeVisible();
  await expect(page.getByText('draft 1 participant'), 'the home screen follows by itself').toBeVisible();
  expect(await station.evaluate(() => Object.keys(window.credence ?? {}))).toEqual(namesOf('participant'));
  expect(new URL(station.url()).origin).not.toBe(new URL(page.url()).origin);
  await station.close();
});

test('lets the workspace go when its window closes', async () => {
  const surface = await openSurface('desktop', emptyWorkspace());
  await expect(surface.page.getByRole('heading', { name: 'Studies' })).toBeVisible();
  await surface.close();
  const host = await createHost({ workspace: surface.workspace, mode: 'headless' });
  await host.close();
});

test('says in one line why it cannot open a workspace, and ends', async () => {
  const file = join(scratchFolder(), 'a-file');
  writeFileSync(file, 'not a workspace');
  const child = spawn(electronProgram(), ['--no-sandbox', ROOT, `--workspace=${file}`], {
    env: desktopEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(text).toContain(`credence: ${file}`);
  expect(text).not.toContain('    at ');
});

test('offers to restore a damaged workspace, and opens it', async () => {
  const workspace = await fullWorkspace();
  writeFileSync(join(workspace, 'credence.sqlite'), 'x'.repeat(8192));
  const surface = await openSurface('desktop', workspace);
  await expect(surface.page.getByText('simulated 3 participants').first()).toBeVisible();
  expect(readFileSync(join(workspace, 'damaged', '1', 'credence.sqlite'), 'utf8')).toContain('xxxx');
  await surface.close();
});
