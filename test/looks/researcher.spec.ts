/** How the researcher's screens look, filled and empty. */
import { type Page, test } from '@playwright/test';
import { openScreen } from '../e2e/researcherActs.ts';
import { openSurface, type Surface } from '../e2e/surface.ts';
import { emptyWorkspace } from '../e2e/workspaces.ts';
import { expectLook } from './expectLook.ts';
import { openFilled } from './prepareWorkspace.ts';

const SCREENS = {
  home: 'Studies and reports',
  scenarios: 'Scenarios',
  datasets: 'Datasets',
  training: 'Training',
  evaluations: 'Evaluations',
  studies: 'Study editor',
  sessions: 'Sessions',
  comparisons: 'Comparisons',
  benchmarks: 'Benchmarks',
  monitor: 'Monitor',
  lab: 'Lab',
  settings: 'Settings',
};
const TABS = [
  'Overview',
  'Scenarios',
  'Queries and scales',
  'Randomisation',
  'Languages',
  'Data and check-in',
  'Flow and texts',
];

let filled: Surface;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  filled = await openFilled();
});
test.afterAll(() => filled.close());

/** A screen from its start: what the last test did there is gone. */
async function openAnew(page: Page, screen: keyof typeof SCREENS, item = ''): Promise<void> {
  await page.goto(`${page.url().replace(/#.*$/, '')}#/${screen}${item && `/${item}`}`);
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
}

/** Opens the first entry of this name in the list of a screen. */
async function openEntry(page: Page, screen: keyof typeof SCREENS, name: RegExp): Promise<void> {
  await openAnew(page, screen);
  await page.getByRole('link', { name }).first().click();
}

test('every screen as it is opened', async () => {
  for (const screen of Object.keys(SCREENS) as (keyof typeof SCREENS)[]) {
    await openAnew(filled.page, screen);
    await expectLook(filled.page, screen);
  }
});

test('every form', async () => {
  const { page } = filled;
  for (const screen of [
    'scenarios',
    'datasets',
    'training',
    'evaluations',
    'studies',
    'comparisons',
    'benchmarks',
  ] as const) {
    await openAnew(page, screen, 'new');
    await expectLook(page, `${screen}-new`);
  }
  await openAnew(page, 'scenarios', 'import');
  await expectLook(page, 'scenarios-import');
});

test('a scenario with its program', async () => {
  const { page } = filled;
  await openAnew(page, 'scenarios');
  await page.locator('.entry.is-row').first().click();
  const program = page.getByRole('textbox', { name: 'Program' });
  await program.waitFor();
  await expectLook(page, 'scenario');
  await page.getByRole('heading', { name: 'What the program says' }).evaluate((heading) => heading.scrollIntoView());
  await expectLook(page, 'scenario-posterior');
  await program.evaluate((editor) => editor.scrollIntoView());
  await expectLook(page, 'scenario-program');
});

test('datasets, runs, evaluations, comparisons and benchmarks', async () => {
  const { page } = filled;
  await openEntry(page, 'datasets', /^first/);
  await expectLook(page, 'dataset');
  await page.getByRole('heading', { name: 'Records' }).evaluate((heading) => heading.scrollIntoView());
  await expectLook(page, 'dataset-records');
  await openEntry(page, 'training', /^run-a/);
  await expectLook(page, 'run');
  await openAnew(page, 'training', 'run-a,run-b');
  await expectLook(page, 'runs-compared');
  await openEntry(page, 'evaluations', /^check/);
  await expectLook(page, 'evaluation');
  await openEntry(page, 'comparisons', /^people/);
  await expectLook(page, 'comparison');
  await page
    .locator('.plot')
    .first()
    .evaluate((figure) => figure.scrollIntoView());
  await expectLook(page, 'comparison-figures');
  await openEntry(page, 'benchmarks', /^benchmark-1/);
  await expectLook(page, 'benchmark');
});

test('the study editor, its faults, freezing, a version and a session', async () => {
  const { page } = filled;
  await openEntry(page, 'studies', /^A draft/);
  for (const tab of TABS) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expectLook(page, `editor-${tab.toLowerCase().replaceAll(' ', '-')}`);
  }
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Freeze…' }).click();
  await expectLook(page, 'freeze');
  await page.keyboard.press('Escape');
  await openAnew(page, 'studies');
  await page.locator('a.entry[href^="#/studies/"]:not([href*="draft-"])').first().click();
  await page.getByText('Set up a session').click();
  await expectLook(page, 'version-session');
  await openEntry(page, 'sessions', /Three stories/);
  await expectLook(page, 'session');
  await page.getByRole('button', { name: 'Monitor' }).click();
  await page.getByRole('list', { name: 'Participants' }).waitFor();
  await expectLook(page, 'monitor-session');
  await openEntry(page, 'sessions', /Field day/);
  await expectLook(page, 'session-simulated');
});

test('what lies over the screens: commands, jobs', async () => {
  const { page } = filled;
  await openAnew(page, 'home');
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command' }).waitFor();
  await expectLook(page, 'palette');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Jobs' }).locator('summary').click();
  await expectLook(page, 'jobs');
});

test('every screen of a new workspace', async () => {
  const empty = await openSurface('browser', emptyWorkspace());
  try {
    for (const [screen, title] of Object.entries(SCREENS)) {
      // These look the same in every workspace.
      if (['settings', 'lab', 'monitor'].includes(screen)) continue;
      await openScreen(empty.page, title);
      await expectLook(empty.page, `empty-${screen}`);
    }
  } finally {
    await empty.close();
  }
});
