/** Comparisons and benchmarks in the researcher's window: from people to linked figures, by keyboard, with every number explained. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { comparedWorkspace } from '../comparedWorkspace.ts';
import { expect, openSurface, ROOT, type SurfaceName, test } from './surface.ts';
import { emptyWorkspace } from './workspaces.ts';

const JOB_MS = 150_000;

async function expectAccessible(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

const open = (page: Page, screen: string) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();

async function compare(page: Page): Promise<void> {
  await open(page, 'Comparisons');
  await expect(page.getByText('No comparisons yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Compare…' }).click();
  await page.getByLabel('Name').fill('people-and-base');
  await page.getByLabel('Transformer', { exact: true }).selectOption('bundled');
  const answers = [{ scenarioId: 'nowhere', queryId: 'q', source: 'external', sourceId: 'big', mean: 12 }];
  await page.getByLabel('Add a file of answers').setInputFiles({
    name: 'big.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.from(answers.map((answer) => JSON.stringify(answer)).join('\n')),
  });
  await expect(page.getByText('big.jsonl: 1 answer of external big.')).toBeVisible();
  await expectAccessible(page);
  await page.getByText('Intervals and precision').click();
  await page.getByLabel('Replicates').fill('200');
  await page.getByLabel('Precision of programs').fill('3');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('link', { name: /^people-and-base/ }).click({ timeout: JOB_MS });
  await expect(page.getByRole('rowheader', { name: 'posterior program' })).toBeVisible();
}

/** Every number says how it was made; marks are reached one by one; a point opens its scenario; the same query lights up everywhere. */
async function readFigures(page: Page): Promise<void> {
  await expect(page.getByText('SIMULATED', { exact: true }).first()).toBeVisible();
  const first = page
    .getByRole('row', { name: /posterior program/ })
    .locator('.measured')
    .first();
  await first.focus();
  await expect(first.getByRole('note')).toContainText(/n = 36 queries, 12 participants; 95 % percentile bootstrap/);
  const scatter = page.getByRole('group', { name: /People’s mean answer against each source/ });
  await scatter.locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  const point = scatter.locator(':focus');
  await expect(point).toHaveAttribute('aria-label', /people \d/);
  const [scenario, query] = [await point.getAttribute('data-scenario'), await point.getAttribute('data-query')];
  const same = page.locator(`.plot [data-scenario="${scenario}"][data-query="${query}"]`);
  expect(await same.count()).toBeGreaterThan(2);
  await expect(page.locator('.is-linked')).toHaveCount(await same.count());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `Scenario ${scenario}` })).toBeFocused();
  await expect(page.getByRole('group', { name: new RegExp(`Answers to scenario ${scenario}`) })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Close the scenario' }).click();
}

async function keepFigure(page: Page): Promise<void> {
  for (const format of ['SVG', 'PNG', 'PDF', 'CSV']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `${format}: Means of people and sources` }).click();
    expect((await download).suggestedFilename()).toBe(`people-and-base-scatter.${format.toLowerCase()}`);
  }
}

async function chooseFacet(page: Page): Promise<void> {
  await page.getByLabel('Queries', { exact: true }).selectOption('kind: contest');
  const scatter = page.getByRole('group', { name: /People’s mean answer against each source/ });
  await expect(scatter.locator('.point').first()).toBeVisible();
  await expect(page.getByText(/12 participants, \d+ queries/).first()).toBeVisible();
  await expectAccessible(page);
}

async function benchmark(page: Page, workspace: string): Promise<void> {
  await open(page, 'Benchmarks');
  await page.getByRole('link', { name: 'Run…' }).click();
  await expect(page.getByText('No file yet.')).toBeVisible();
  const folder = join(workspace, 'benchmark-files');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(ROOT, 'test/fixtures/benchmarks/mmlu.parquet'), join(folder, 'mmlu.parquet'));
  await page.getByRole('button', { name: 'Look again for files' }).click();
  await page.getByRole('group', { name: 'Files', exact: true }).getByRole('checkbox').check();
  await page.getByLabel('Benchmark', { exact: true }).selectOption('mmlu');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: /^benchmark-1\s*mmlu/ }).click({ timeout: JOB_MS });
  await expect(page.getByRole('rowheader', { name: /uniform/ })).toBeVisible();
  await expectAccessible(page);
}

test('compares people with sources, and asks a benchmark', async ({ browserName: _ }, info) => {
  test.setTimeout(360_000);
  const name: SurfaceName = info.project.name === 'desktop' ? 'desktop' : 'browser';
  const workspace = emptyWorkspace();
  await comparedWorkspace(workspace);
  const surface = await openSurface(name, workspace);
  const { page } = surface;
  try {
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 1280, height: 900 });
    await compare(page);
    await readFigures(page);
    if (name === 'browser') await keepFigure(page);
    await chooseFacet(page);
    await benchmark(page, workspace);
  } finally {
    await surface.close();
  }
});
