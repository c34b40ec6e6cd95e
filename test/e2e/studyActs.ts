/** The researcher's work with a study: writing it, freezing it, a session of it, its participants, and the export of what they answered. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './expectAccessible.ts';
import { expectDone, openScreen } from './researcherActs.ts';
import type { Surface } from './surface.ts';
import { isOver, nextScreen, tryAndAnswer } from './walkScreens.ts';

const TABS = ['Scenarios', 'Queries and scales', 'Randomisation', 'Languages', 'Data and check-in', 'Flow and texts'];
const MOST_SCREENS = 40;
/** The right options of the check that new studies begin with. */
const RIGHT = ['Give the answer that seems most sensible', 'Neither end is favoured'];
const isRight = (label: string): boolean => RIGHT.some((option) => label.includes(option));

/** Makes a study of the three newest scenarios, with the editor open on it. */
export async function makeStudy(page: Page, title: string): Promise<void> {
  await openScreen(page, 'Study editor');
  await page.getByRole('link', { name: 'New study…' }).click();
  await page.getByLabel('Title').fill(title);
  const scenarios = page.getByRole('group', { name: /^Scenarios/ }).getByRole('checkbox');
  for (let i = 0; i < 3; i++) await scenarios.nth(i).check();
  await expectAccessible(page, 'new study');
  await page.getByRole('button', { name: 'Make a study of 3 scenarios' }).click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
}

/** Looks at every tab, words the consent anew, and sees the change in the preview beside it; what was typed is taken back by keyboard. */
export async function writeStudy(page: Page): Promise<void> {
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('heading', { name: 'Taking part' })).toBeVisible();
  for (const tab of TABS) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expectAccessible(page, `editor: ${tab}`);
  }
  await page.getByRole('button', { name: /^How it works/ }).click();
  await expect(preview.getByRole('heading', { name: 'How it works' })).toBeVisible();
  const heading = page.getByRole('textbox', { name: 'Heading' });
  await heading.fill('What to do');
  await expect(preview.getByRole('heading', { name: 'What to do' })).toBeVisible();
  await expect(heading, 'the preview leaves the focus alone').toBeFocused();
  await expect(page.getByText('All changes are saved.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(heading).toHaveValue('How it works');
  await heading.fill('');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('region', { name: 'Checks' }).getByRole('button').click();
  await expect(heading, 'a fault leads to its field').toBeFocused();
  await expectAccessible(page, 'editor with a fault');
  await heading.fill('What to do');
  await expect(page.getByText('No faults: this can be frozen.')).toBeVisible();
}

/** Freezes the study that is written; its version is shown then. */
export async function freezeStudy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Freeze…' }).click();
  await expect(page.getByText('This is its first version.')).toBeVisible();
  await expectAccessible(page, 'freezing');
  await page.getByRole('button', { name: 'Freeze', exact: true }).click();
  await expect(page.getByText(/^Version 1\.0\.0, 3 scenarios/)).toBeVisible();
  await expectAccessible(page, 'version');
}

/** Opens a pilot session of the version that is shown, with three participants. */
export async function setUpSession(page: Page): Promise<void> {
  await page.getByText('Set up a session').click();
  await expectAccessible(page, 'session set-up');
  await page.getByRole('button', { name: 'Open with 3 participants' }).click();
  await expect(page.getByRole('heading', { name: 'Who takes part' })).toBeVisible();
  await expectAccessible(page, 'session');
}

/** One participant of the session that is shown goes from their first screen to the end, by keyboard. */
export async function takePart(surface: Surface, label: string): Promise<void> {
  const { page } = surface;
  const station = await surface.station(async () => {
    await page.getByRole('button', { name: `Seat here: ${label}` }).click();
    await expect(page.getByRole('listitem').filter({ hasText: label })).toContainText(/this address|has a window/);
  });
  await station.setViewportSize({ width: 1280, height: 800 });
  let shown = await nextScreen(station, '');
  for (let step = 0; !(await isOver(station)); step++) {
    if (step > MOST_SCREENS) throw new Error(`no end in sight at: ${shown}`);
    if (label === 'P1') await expectAccessible(station, `participant: ${shown.slice(0, 60)}`);
    await tryAndAnswer(station, isRight);
    shown = await nextScreen(station, shown);
  }
  await expect(station.getByRole('heading', { name: 'Thank you', exact: true })).toBeVisible();
  await station.close();
}

/** Sees three people completed, takes one out of the analysis and in again. */
export async function judgeQuality(page: Page): Promise<void> {
  const table = page.getByRole('region', { name: 'Quality of answers' }).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('cell', { name: 'completed', exact: true })).toHaveCount(3);
  await table.getByRole('button', { name: 'Exclude…: P2' }).click();
  await table.getByRole('textbox', { name: 'Why exclude P2?' }).fill('came late');
  await page.keyboard.press('Enter');
  await expect(table.getByText('Excluded: came late')).toBeVisible();
  await expectAccessible(page, 'exclusion');
  await table.getByRole('button', { name: 'Take in again: P2' }).click();
  await expect(table.getByText('Excluded')).toHaveCount(0);
}

/** Exports the session that is shown as Psych-DS, and finds its description on disk. */
export async function exportPsychDs({ page, workspace }: Surface, name: string): Promise<void> {
  await page.getByLabel('Name of the folder').fill(name);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expectDone(page, `Export ${name}`);
  const description = join(workspace, 'exports', name, 'dataset_description.json');
  expect(existsSync(description)).toBe(true);
  expect(JSON.parse(readFileSync(description, 'utf8'))).toMatchObject({ '@type': 'Dataset' });
}

/**
 * Compares the people of the newest session with the programs, and keeps a figure as a file. The desktop refuses what pages hand over as
 * downloads: there the refusal is looked for, and figures come from `credence compare --out`.
 */
export async function compareAndKeepFigure({ page, name: surfaceName, log }: Surface, name: string): Promise<void> {
  await openScreen(page, 'Comparisons');
  await page.getByRole('link', { name: 'Compare…' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByText('Intervals and precision').click();
  await page.getByLabel('Replicates').fill('200');
  await page.getByLabel('Precision of programs').fill('3');
  await expectAccessible(page, 'a new comparison');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expectDone(page, `Compare ${name}`);
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByRole('rowheader', { name: 'posterior program' })).toBeVisible();
  await expectAccessible(page, 'comparison');
  const saving = page.getByRole('button', { name: 'SVG: Means of people and sources' });
  if (surfaceName === 'desktop') {
    await saving.click();
    await expect.poll(log).toContain('refused download');
    return;
  }
  const download = page.waitForEvent('download');
  await saving.click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('<svg');
}
