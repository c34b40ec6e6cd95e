/**
 * `npm run bench:screens [participants]`: time from pressing Continue to the next screen's first painted frame, over a running host in a
 * real Chromium, and how much of it the host's answers and the drawing take. Each answer is durable before the screen changes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../build/chromium.ts';

const [participants = 5] = process.argv.slice(2).map(Number);
const CHROMIUM_FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu'];

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))];

/** One screen change, in ms: until the first frame with the next screen was painted, and of that the wait for the host. */
type Change = { readonly paintedMs: number; readonly hostMs: number };

/** Answers every query, presses Continue and waits for the next screen. */
const changeScreen = (page: Page): Promise<Change> =>
  page.evaluate(async () => {
    const count = document.querySelector('.page-count');
    const before = count?.textContent;
    if (!before) throw new Error('no screen of the sequence');
    const button = document.querySelector<HTMLButtonElement>('main .is-primary');
    performance.clearResourceTimings();
    const startMs = performance.now();
    button?.click();
    const insertedMs = await new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('.page-count')?.textContent === before && !document.querySelector('.is-end')) return;
        observer.disconnect();
        resolve(performance.now());
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    // A message after the next frame's callbacks comes when that frame has been laid out and painted.
    const paintedMs = await new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
    const calls = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < insertedMs);
    return { paintedMs: paintedMs - startMs, hostMs: calls.reduce((sum, { duration }) => sum + duration, 0) };
  });

async function takePart(browser: Browser, address: string): Promise<Change[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.getByRole('button', { name: 'I agree to take part' }).click();
  await page.getByRole('heading', { name: 'How it works' }).waitFor();
  const changes: Change[] = [];
  while (!(await page.locator('.sheet.is-end').isVisible())) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const fields = page.locator('.rating-tools').getByRole('textbox');
    const count = await fields.count();
    for (let i = 0; i < count; i++) await fields.nth(i).fill(String((37 * i) % 101));
    changes.push(await changeScreen(page));
  }
  await page.close();
  return changes;
}

/** Calls one of the researcher's procedures from their page. */
const callAs = <T>(home: Page, name: string, input: unknown): Promise<T> =>
  home.evaluate(
    async ([procedure, value]) => {
      const body = JSON.stringify(value);
      const response = await fetch(`./api/${procedure}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      const reply = await response.json();
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.value;
    },
    [name, input] as const,
  );

type Named = { readonly versionId: string; readonly title: string };

/** Seats a participant and gives the address they answer at. */
async function seat(home: Page, label: string): Promise<string> {
  const studies = await callAs<Named[]>(home, 'studies.list', {});
  const versionId = studies.find(({ title }) => title === 'Field day')?.versionId;
  const { sessionId } = await callAs<{ sessionId: string }>(home, 'sessions.open', {
    versionId,
    stage: 'draft',
    seed: 1,
  });
  const seated = await callAs<{ participantId: string }>(home, 'sessions.addParticipant', { sessionId, label });
  return (await callAs<{ address: string }>(home, 'stations.open', seated)).address;
}

function tell(who: string, changes: readonly Change[]): void {
  const painted = changes.map(({ paintedMs }) => paintedMs);
  const waited = changes.map(({ hostMs }) => hostMs);
  console.log(`${who}: ${changes.length} screen changes`);
  for (const q of [0.5, 0.95])
    console.log(
      `  p${q * 100}: next screen painted after ${quantile(painted, q).toFixed(1)} ms, of that the host ${quantile(waited, q).toFixed(1)} ms`,
    );
}

const root = join(import.meta.dirname, '..', '..');
const workspace = join(mkdtempSync(join(tmpdir(), 'screens-')), 'lab');
const child = spawn(process.execPath, [join(root, 'bin', 'credence.js'), 'serve', '--json', '--workspace', workspace], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(child.stdout, 'data');
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
  const home = await browser.newPage();
  await home.goto(JSON.parse(String(line)).address);
  await home.getByRole('heading', { name: 'Field day' }).waitFor();
  const first = await takePart(browser, await seat(home, 'P1'));
  const later: Change[] = [];
  for (let i = 1; i < participants; i++) later.push(...(await takePart(browser, await seat(home, `P${i + 1}`))));
  // A host's very first participant waits for its code to be compiled too, so the others are told of apart.
  tell('all participants', [...first, ...later]);
  if (later.length > 0) tell('all but the first', later);
  console.log(`load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores`);
} finally {
  await browser.close();
  child.kill('SIGINT');
}
