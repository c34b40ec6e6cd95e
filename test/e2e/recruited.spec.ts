/** A recruited participant: the device is tried out, pictures and sounds are there, a host away for five minutes costs nothing, and the page leads back. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createHost } from '../../main/host.ts';
import { RECRUITER, recruitedStudy } from './recruitedStudy.ts';
import { seatAddress } from './seatAddress.ts';
import { expect, openSurface, type Surface, test } from './surface.ts';
import { emptyWorkspace } from './workspaces.ts';

let surface: Surface;
test.beforeAll(async () => {
  const workspace = emptyWorkspace();
  const host = await createHost({ workspace, mode: 'headless' });
  host.importStudyFile(recruitedStudy());
  await host.close();
  surface = await openSurface('browser', workspace);
});
test.afterAll(() => surface.close());

/** Opens the page as a recruiter's link does, with time that the test can move on. */
async function arrive(label: string): Promise<Page> {
  const address = new URL(await seatAddress(surface, label, 'Recruited'));
  address.searchParams.set('PROLIFIC_PID', `pid-${label}`);
  const context = await surface.page
    .context()
    .browser()
    ?.newContext({ viewport: { width: 1280, height: 800 } });
  if (!context) throw new Error('no browser');
  const page = await context.newPage();
  await page.clock.install();
  await page.route(`${RECRUITER}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Back</h1>' }));
  await page.goto(address.href);
  await page.getByRole('button', { name: 'Start' }).click();
  return page;
}

/** How many stored responses the researcher's page tells of. */
async function responsesShown(): Promise<number> {
  const study = surface.page
    .getByRole('listitem')
    .filter({ has: surface.page.getByRole('heading', { name: 'Recruited' }) });
  return Number(/(\d+) responses?/.exec(await study.innerText())?.[1] ?? 0);
}

const goOn = (page: Page) => page.getByRole('button', { name: 'Continue' }).click();

async function passDevice(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Your device' })).toBeVisible();
  await page.keyboard.press('k');
  await page.getByRole('button', { name: 'Press here' }).click();
  await page.getByRole('button', { name: 'Play a sound' }).click();
  await page.getByRole('button', { name: 'I heard it' }).click();
  await goOn(page);
  await page.getByRole('button', { name: 'I agree to take part' }).click();
  await goOn(page);
}

async function answerPage(page: Page): Promise<void> {
  const fields = page.locator('.rating-tools').getByRole('textbox');
  await expect(fields).toHaveCount(2);
  for (const i of [0, 1]) await fields.nth(i).fill(String(30 + i));
}

test('tries the device before consent, and lets nobody on before everything works', async ({
  browserName: _,
}, info) => {
  const page = await arrive('R1');
  await expect(page.getByText('The window is large enough')).toBeVisible();
  await goOn(page);
  await expect(page.getByRole('alert')).toContainText('Please try everything on the list.');
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await page.screenshot({ path: info.outputPath('device.png') });
  await page.setViewportSize({ width: 1280, height: 380 });
  await expect(page.getByText('The window is too small')).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await passDevice(page);
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
  await page.context().close();
});

test('shows pictures, plays sounds, and leads back once everything is stored', async ({ browserName: _ }, info) => {
  const page = await arrive('R2');
  await passDevice(page);
  const seen = new Set<string>();
  for (const step of [4, 5]) {
    await expect(page.getByText(`${step} of 5`, { exact: true })).toBeVisible();
    const picture = page.getByRole('img', { name: 'A blue disc' });
    const sound = page.locator('audio');
    await expect(picture.or(sound)).toBeVisible();
    if (await picture.isVisible()) {
      expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
      seen.add('picture');
    } else {
      await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeCloseTo(0.25, 2);
      seen.add('sound');
    }
    await page.screenshot({ path: info.outputPath(`stimulus-${step}.png`) });
    await answerPage(page);
    await goOn(page);
  }
  expect([...seen].sort()).toEqual(['picture', 'sound']);
  await expect(page.getByText('C0DE')).toBeVisible();
  await expect(page.getByRole('timer')).toContainText(/by itself in \d+ seconds/);
  await page.screenshot({ path: info.outputPath('way-back.png') });
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await page.clock.runFor(21_000);
  await expect(page).toHaveURL(`${RECRUITER}/done?cc=C0DE&pid=pid-R2`);
  await page.context().close();
});

test('stays where the participant wants to, and outlasts a host that is away for five minutes', async ({
  browserName: _,
}, info) => {
  const before = await responsesShown();
  const page = await arrive('R3');
  await passDevice(page);
  await answerPage(page);
  let attempts = 0;
  await page.route('**/api/participant.*', (route) => {
    if (route.request().url().endsWith('participant.advance')) attempts++;
    return route.abort();
  });
  await goOn(page);
  await expect(page.getByText('Your answers are safe on this machine.')).toBeVisible();
  // Each attempt fails in real time, so the five minutes pass in pieces.
  for (let second = 0; second < 300; second += 5) await page.clock.runFor(5000);
  await expect(page.getByText('please tell the person in charge')).toBeVisible();
  await page.screenshot({ path: info.outputPath('host-away.png') });
  expect(attempts).toBeGreaterThan(20);
  await page.unroute('**/api/participant.*');
  await page.clock.runFor(11_000);
  await expect(page.getByText('5 of 5', { exact: true })).toBeVisible();
  await answerPage(page);
  await goOn(page);
  await page.getByRole('button', { name: 'Stay here' }).click();
  await page.clock.runFor(60_000);
  await expect(page.getByText('This page stays.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Return to the recruiting site' })).toBeVisible();
  // Two pages of two questions each: none lost and none twice.
  await expect.poll(responsesShown).toBe(before + 4);
  await page.context().close();
});
