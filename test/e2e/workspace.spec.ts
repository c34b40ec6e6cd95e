/** The researcher's whole work in one window, without a terminal: from scenarios to a trained transformer, a study, people, an export. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './expectAccessible.ts';
import { expectDone, openScreen } from './researcherActs.ts';
import {
  compareAndKeepFigure,
  exportPsychDs,
  freezeStudy,
  judgeQuality,
  makeStudy,
  setUpSession,
  takePart,
  writeStudy,
} from './studyActs.ts';
import { expect, openSurface, type SurfaceName, test } from './surface.ts';
import { emptyWorkspace } from './workspaces.ts';

const JOB_MS = 90_000;

async function generate(page: Page): Promise<void> {
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

async function runOne(page: Page): Promise<void> {
  await page.locator('.entry.is-row').first().click();
  await page.getByRole('button', { name: 'Run and check' }).click();
  await expect(page.getByRole('heading', { name: 'What the program says' })).toBeVisible({ timeout: JOB_MS });
  await expect(page.getByRole('article').getByText('valid')).toBeVisible();
  await expectAccessible(page);
}

async function buildDataset(page: Page): Promise<void> {
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

async function train(page: Page): Promise<void> {
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

async function evaluate(page: Page): Promise<void> {
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

test('goes from an empty workspace to an evaluated adapter, a study that people took, and its export', async ({
  browserName: _,
}, info) => {
  test.setTimeout(360_000);
  const name: SurfaceName = info.project.name === 'desktop' ? 'desktop' : 'browser';
  const surface = await openSurface(name, emptyWorkspace());
  const { page } = surface;
  try {
    await page.setViewportSize({ width: 1280, height: 800 });
    await generate(page);
    await runOne(page);
    await buildDataset(page);
    await train(page);
    await evaluate(page);
    await makeStudy(page, 'Three stories');
    await writeStudy(page);
    await freezeStudy(page);
    await setUpSession(page);
    for (const label of ['P1', 'P2', 'P3']) await takePart(surface, label);
    await judgeQuality(page);
    await exportPsychDs(surface, 'three-stories');
    await compareAndKeepFigure(page, 'people');
  } finally {
    await surface.close();
  }
});

test('takes an edit of a program back, and keeps what is not saved over a reload', async ({ empty }) => {
  const { page } = empty;
  await openScreen(page, 'Scenarios');
  await page.getByRole('link', { name: 'Generate…' }).click();
  await page.getByLabel('How many').fill('1');
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.locator('.entry.is-row').first().click();
  const program = page.getByRole('textbox', { name: 'Program' });
  await program.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// mine\n');
  await expect(page.getByText('Not saved; kept as a draft.')).toBeVisible();
  await page.reload();
  await expect(program).toContainText('// mine');
  await page.getByRole('button', { name: 'Save program' }).click();
  await expect(page.getByText('Not saved')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command' }).fill('undo');
  await page.keyboard.press('Enter');
  await expect(program).not.toContainText('// mine');
});
