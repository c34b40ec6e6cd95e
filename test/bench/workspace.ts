/**
 * `npm run bench:workspace [scenarios] [responses]`: the researcher's screens over a large workspace in a real Chromium: time until each can be
 * used, filters, frames while scrolling, memory; pictures of a sampling program a second, and time from a toggled observation to a new picture.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../build/chromium.ts';
import { FAST_PLACE } from '../main/store/openLab.ts';
import { makeLargeWorkspace } from './largeWorkspace.ts';
import { type Act, countChanges, heapMegabytes, measureAct, rendererMegabytes, scrollFrames } from './pageProbes.ts';

const [scenarios = 10_000, responses = 100_000] = process.argv.slice(2).map(Number);
const CHROMIUM_FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu'];
const REPEATS = 3;
const [SCROLL_STEP, SCROLL_FRAMES] = [240, 180];

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))];
const print = (name: string, figures: string): void => console.log(`${name.padEnd(34)} ${figures}`);

/** Each screen with what it shows when it can be used. */
const SCREENS = [
  ['scenarios', '.entry.is-row'],
  ['home', 'main .card h3'],
  ['datasets', 'main h1'],
  ['training', 'main h1'],
  ['evaluations', 'main h1'],
  ['monitor', '.monitor select option:nth-child(2)'],
  ['lab', 'main h1'],
  ['settings', 'main h2'],
] as const;

async function measureScreens(page: Page): Promise<void> {
  for (const [screen, ready] of SCREENS) {
    const times: number[] = [];
    for (let i = 0; i < REPEATS; i++) {
      await measureAct(page, {
        act: { kind: 'hash', hash: screen === 'settings' ? '#/home' : '#/settings' },
        ready: 'main h2',
      });
      times.push(await measureAct(page, { act: { kind: 'hash', hash: `#/${screen}` }, ready }));
    }
    print(`screen ${screen}`, `first ${times[0].toFixed(0)} ms, again ${quantile(times.slice(1), 0.5).toFixed(0)} ms`);
  }
}

/** The session of all responses watched: a tile for each of its people. */
async function measureMonitor(page: Page): Promise<void> {
  await measureAct(page, { act: { kind: 'hash', hash: '#/monitor' }, ready: '.monitor select option:nth-child(2)' });
  const sessionId = await page
    .locator('.monitor select option')
    .filter({ hasText: `${(responses / 100).toLocaleString('en')} participants` })
    .first()
    .getAttribute('value');
  const selector = '.monitor select';
  const ms = await measureAct(page, {
    act: { kind: 'choose', selector, value: sessionId ?? '' },
    ready: '.tiles .tile',
  });
  print('monitor, session chosen', `${ms.toFixed(0)} ms`);
  await measureScroll(page, 'monitor', 'main');
}

async function measureScroll(page: Page, name: string, selector: string): Promise<void> {
  const times = await scrollFrames(page, selector, SCROLL_STEP, SCROLL_FRAMES);
  const slow = times.filter((ms) => ms > 25).length;
  print(
    `scroll ${name}`,
    `frames p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms, ${slow} of ${times.length} above 25 ms`,
  );
}

async function measureLibrary(page: Page): Promise<void> {
  const status = '.library [role="status"]';
  const changes: [string, Act][] = [
    [
      'type a word',
      { act: { kind: 'type', selector: '.filters input', text: 'tennis' }, ready: status, isChange: true },
    ],
    ['clear it', { act: { kind: 'type', selector: '.filters input', text: '' }, ready: status, isChange: true }],
    [
      'choose a motif cell',
      {
        act: { kind: 'choose', selector: '.filters .field:last-child select', value: '1,1,0' },
        ready: status,
        isChange: true,
      },
    ],
    [
      'any motif cell',
      {
        act: { kind: 'choose', selector: '.filters .field:last-child select', value: '' },
        ready: status,
        isChange: true,
      },
    ],
  ];
  await measureAct(page, { act: { kind: 'hash', hash: '#/scenarios' }, ready: '.entry.is-row' });
  for (const [name, act] of changes) print(`library: ${name}`, `${(await measureAct(page, act)).toFixed(0)} ms`);
  await measureScroll(page, 'library', '.rows');
  await page.locator('.rows').evaluate((rows) => {
    rows.scrollTop = rows.scrollHeight / 2;
  });
  await page.locator('.entry.is-row').nth(4).waitFor();
  print(
    'library: open a scenario',
    `${(await measureAct(page, { act: { kind: 'click', selector: 'li:nth-child(4) .entry.is-row' }, ready: 'article .editor' })).toFixed(0)} ms`,
  );
}

/** Sampled by rejection for some seconds: pictures a second. Then each observation of a generated program is toggled. */
async function measurePosterior(page: Page): Promise<void> {
  await page.locator('.observation').first().waitFor();
  const run = (): Promise<void> => page.locator('article .actions .is-primary', { hasText: /^Run$/ }).click();
  const answers = '.table-scroll[aria-label^="Answers"] tbody';
  await run();
  await page.locator(answers).waitFor();
  await page.waitForTimeout(3000);
  const toggles = await page.locator('.observation select').count();
  const times: number[] = [];
  for (let i = 0; i < Math.min(toggles, 4); i++)
    for (const value of ['off', 'flipped', 'on']) {
      const selector = `.observation:nth-of-type(${i + 1}) select`;
      times.push(await measureAct(page, { act: { kind: 'choose', selector, value }, ready: answers, isChange: true }));
      await page.waitForTimeout(value === 'off' ? 40 : 700);
    }
  print(
    'toggle to new picture',
    `p50 ${quantile(times, 0.5).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms of ${times.length}, a third of them while sampling`,
  );
}

const SLOW_PROGRAM = `var model = function () {
  var skill = uniform(0, 100);
  var luck = gaussian(0, 1);
  condition(luck > 2.9);
  return {q1: skill};
};`;

async function measureSketches(page: Page): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(SLOW_PROGRAM);
  await page.waitForTimeout(800);
  await page.locator('article .actions .is-primary', { hasText: /^Run$/ }).click();
  const { changes, firstMs, lastMs } = await countChanges(page, '.table-scroll[aria-label^="Answers"] tbody', 5);
  print(
    'pictures while sampling',
    `first after ${firstMs.toFixed(0)} ms, then ${((1000 * (changes - 1)) / (lastMs - firstMs)).toFixed(1)} a second (${changes})`,
  );
  await page
    .locator('article .actions button', { hasText: /^Stop$/ })
    .click({ timeout: 1000 })
    .catch(() => undefined);
}

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(FAST_PLACE, 'workspace-bench-'));
try {
  const workspace = await makeLargeWorkspace(folder, { scenarios, responses });
  const child = spawn(
    process.execPath,
    [join(root, 'bin', 'credence.js'), 'serve', '--json', '--workspace', workspace],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = await once(child.stdout, 'data');
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(30_000);
    const openedAt = performance.now();
    await page.goto(JSON.parse(String(line)).address);
    await page.locator('main .card h3').first().waitFor();
    print('first load until the library', `${(performance.now() - openedAt).toFixed(0)} ms`);
    await measureScreens(page);
    await measureLibrary(page);
    await measurePosterior(page);
    await measureSketches(page);
    await measureMonitor(page);
    print(
      'memory',
      `heap ${(await heapMegabytes(page)).toFixed(0)} MB, renderer ${rendererMegabytes().toFixed(0)} MB resident`,
    );
  } finally {
    await browser.close();
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  print(
    'conditions',
    `${scenarios} scenarios, ${responses} responses, load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
