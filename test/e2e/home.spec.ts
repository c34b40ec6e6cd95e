/** The researcher's home: what it lists, and that it needs no mouse. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './surface.ts';
import { REPORT_TITLE } from './workspaces.ts';

test('lists the studies with who has answered, simulated participants marked as such', async ({ full }) => {
  const { page } = full;
  const study = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Field day' }) });
  await expect(study).toContainText('6 scenarios');
  await expect(study).toContainText('SIMULATED 3 participants');
});

test('shows the newest report: table with intervals, figures, methods', async ({ full }) => {
  const { page } = full;
  await expect(page.getByRole('heading', { level: 1, name: REPORT_TITLE })).toBeVisible();
  const table = page.getByRole('table');
  await expect(table.getByRole('rowheader', { name: 'Base transformer' })).toBeVisible();
  await expect(table.getByRole('row', { name: /Base transformer/ })).toContainText(/\d+\.\d \[\d+\.\d, \d+\.\d\]/);
  await expect(page.getByRole('img')).toHaveCount(4);
  await expect(page.getByText('SIMULATED PARTICIPANTS', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'How these numbers were made' })).toBeVisible();
});

test('is worked by keyboard alone: skip button, studies, reports', async ({ full }) => {
  const { page } = full;
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: REPORT_TITLE })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the screen' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  for (const study of await page.getByText('Seat a participant').all()) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Preview' }).and(page.locator(':focus'))).toHaveCount(1);
    await page.keyboard.press('Tab');
    await expect(study).toBeFocused();
  }
  await page.keyboard.press('Tab');
  const entry = page.getByRole('button', { name: new RegExp(REPORT_TITLE) });
  await expect(entry).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(entry).toHaveAttribute('aria-current', 'true');
});

test('tells what to run while there is no report', async ({ empty }, info) => {
  const { page } = empty;
  await expect(page.getByRole('heading', { name: 'No report yet' })).toBeVisible();
  await expect(page.getByText('npm run demo')).toBeVisible();
  await expect(page.getByText('No participants yet').first()).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await page.screenshot({ path: info.outputPath('home-empty.png') });
});
