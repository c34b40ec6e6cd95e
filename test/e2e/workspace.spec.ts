/** The researcher's whole work in one window, without a terminal: from scenarios to a trained transformer, a study, people, an export. */
import { openScreen } from './researcherActs.ts';
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
import { buildDataset, evaluate, generate, runOne, train } from './workbenchActs.ts';
import { emptyWorkspace } from './workspaces.ts';

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
    await compareAndKeepFigure(surface, 'people');
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
