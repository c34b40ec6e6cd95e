/** The researcher's work from scenarios to an evaluated adapter. */
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './expectAccessible.ts';
import { expectDone, openScreen } from './researcherActs.ts';

const JOB_MS = 90_000;

/** Makes twenty scenarios of sports. */
export async function generate(page: Page): Promise<void> {
  await openScreen(page, 'Scenarios');
  await expect(page.getByText('No scenario matches')).toBeVisible();
  await page.getByRole('link', { name: 'Generate…' }).click();
  await page.getByLabel('How many').fill('20');
  await page.getByLabel('Motif cells').fill('0,0,0;1,1,0;2,1,0;3,0,1');
  await page.getByLabel('Team sizes').fill('2');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expectDone(page, 'Generate 20 sports scenarios');
  await expect(page.getByText('20 scenarios', { exact: true })).toBeVisible();
}

/** Runs the program of the first scenario, and sees what it says. */
export async function runOne(page: Page): Promise<void> {
  await page.locator('.entry.is-row').first().click();
  await page.getByRole('button', { name: 'Run and check' }).click();
  await expect(page.getByRole('heading', { name: 'What the program says' })).toBeVisible({ timeout: JOB_MS });
  await expect(page.getByRole('article').getByText('valid')).toBeVisible();
  await expectAccessible(page);
}

/** Builds the dataset `first` of all scenarios. */
export async function buildDataset(page: Page): Promise<void> {
  await openScreen(page, 'Datasets');
  await page.getByRole('link', { name: 'Build…' }).click();
  await page.getByLabel('Name').fill('first');
  await page.getByLabel('Precision').fill('3');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expectDone(page, 'Build dataset first');
  await page.getByRole('link', { name: /^first/ }).click();
  await expect(page.getByRole('heading', { name: 'Records' })).toBeVisible();
  await expectAccessible(page);
}

/** Trains `run-a` for four steps. */
export async function train(page: Page): Promise<void> {
  await openScreen(page, 'Training');
  await page.getByRole('link', { name: 'Train…' }).click();
  await page.getByLabel('Name').fill('run-a');
  await page.getByLabel('Steps an epoch').fill('2');
  await page.getByLabel('Most epochs').fill('2');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expectDone(page, 'Train run-a');
  await page.getByRole('link', { name: /^run-a/ }).click();
  await expect(page.getByText(/Best validation MAE \d+\.\d points/)).toBeVisible();
  await expect(page.getByRole('img', { name: /Training by step/ })).toBeVisible();
  await expectAccessible(page);
}

/** Evaluates the adapter of `run-a` as `check`. */
export async function evaluate(page: Page): Promise<void> {
  await openScreen(page, 'Evaluations');
  await page.getByRole('link', { name: 'Evaluate…' }).click();
  await page.getByLabel('Name').fill('check');
  await expect(page.getByRole('checkbox', { name: 'run-a' })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
  await expectDone(page, 'Evaluate check');
  await page.getByRole('link', { name: /^check/ }).click();
  await expect(page.getByRole('rowheader', { name: 'Adapter run-a' })).toBeVisible();
  await expectAccessible(page);
}
