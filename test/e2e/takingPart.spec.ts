/** Taking part: a keyboard alone and fingers alone each finish a study, every screen passes axe, in Arabic as in English, zoomed, in the system's colours, dark. */
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page, TestInfo } from '@playwright/test';
import { answerByKeyboard } from './answerByKeyboard.ts';
import { answerByTouch } from './answerByTouch.ts';
import { seatAddress } from './seatAddress.ts';
import { expect, openSurface, type Surface, test } from './surface.ts';
import { isOver, nextScreen, tryAndAnswer } from './walkScreens.ts';
import { tourWorkspace } from './workspaces.ts';

let surface: Surface;
test.beforeAll(async () => {
  surface = await openSurface('browser', await tourWorkspace());
});
test.afterAll(() => surface.close());

const isNo = (label: string): boolean => label.trim() === 'No';

/** A participant's page in a browser context of its own. */
async function sitDown(label: string, title: string, options: BrowserContextOptions = {}): Promise<Page> {
  const address = await seatAddress(surface, label, title);
  const context = await surface.page
    .context()
    .browser()
    ?.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  if (!context) throw new Error('no browser');
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function expectAccessible(page: Page, where: string): Promise<void> {
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    where,
  ).toEqual([]);
}

type Walk = { readonly info: TestInfo; readonly leave: (page: Page) => Promise<void>; readonly name: string };

/** Goes from screen to screen until the end; each is checked and its picture taken. */
async function walk(page: Page, { info, leave, name }: Walk): Promise<number> {
  let shown = await nextScreen(page, '');
  for (let step = 0; ; step++) {
    if (step > 40) throw new Error(`no end in sight at: ${shown}`);
    await expectAccessible(page, `${name} ${step}: ${shown.slice(0, 60)}`);
    await page.screenshot({ path: info.outputPath(`${name}-${String(step).padStart(2, '0')}.png`), fullPage: true });
    if (await isOver(page)) return step;
    await leave(page);
    shown = await nextScreen(page, shown);
  }
}

test('a keyboard alone finishes the study, and no screen breaks a rule of axe', async ({ browserName: _ }, info) => {
  test.setTimeout(90_000);
  const page = await sitDown('K1', 'Regatta', { reducedMotion: 'reduce' });
  const steps = await walk(page, { info, name: 'keyboard', leave: (shown) => tryAndAnswer(shown, isNo) });
  expect(steps).toBeGreaterThanOrEqual(16);
  await expect(page.getByText('REGATTA-7')).toBeVisible();
  await page.context().close();
});

test('a keyboard alone finishes a bundled study', async ({ browserName: _ }) => {
  test.setTimeout(90_000);
  const page = await sitDown('K2', 'One player, eight days', { reducedMotion: 'reduce' });
  let shown = await nextScreen(page, '');
  for (let step = 0; !(await isOver(page)); step++) {
    if (step > 40) throw new Error(`no end in sight at: ${shown}`);
    await answerByKeyboard(page, isNo);
    shown = await nextScreen(page, shown);
  }
  await expect(page.getByText('Your completion code')).toBeVisible();
  await page.context().close();
});

test('fingers alone finish the bundled study', async ({ browserName: _ }, info) => {
  test.setTimeout(60_000);
  const page = await sitDown('T1', 'Field day', { hasTouch: true, viewport: { width: 820, height: 1180 } });
  let shown = await nextScreen(page, '');
  for (let step = 0; !(await isOver(page)); step++) {
    if (step > 20) throw new Error(`no end in sight at: ${shown}`);
    await answerByTouch(page, isNo);
    shown = await nextScreen(page, shown);
    if (step === 3) await page.screenshot({ path: info.outputPath('touch.png'), fullPage: true });
  }
  await page.context().close();
});

test('speaks Arabic from right to left, and the keys follow the screen', async ({ browserName: _ }, info) => {
  const page = await sitDown('A1', 'Regatta');
  await page.getByRole('radio', { name: 'العربية' }).check({ force: true });
  await page.getByRole('textbox').first().fill('A1');
  await page.screenshot({ path: info.outputPath('arabic-check-in.png') });
  await expectAccessible(page, 'Arabic check-in');
  await page.getByRole('button', { name: 'ابدأ' }).click();
  await expect(page.getByRole('heading', { name: 'المشاركة' })).toBeVisible();
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    'ar',
    'rtl',
  ]);
  await expectAccessible(page, 'Arabic consent');
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'أوافق على المشاركة' }).click();
  for (const title of ['How it works', 'Two things count']) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await page.getByRole('button', { name: 'متابعة' }).click();
  }
  const slider = page.getByRole('slider');
  await expect(slider).toHaveAttribute('aria-valuetext', 'لا توجد إجابة بعد');
  await slider.press('Home');
  await slider.press('ArrowLeft');
  await expect(slider, 'left is up where the line runs from right to left').toHaveAttribute('aria-valuenow', '1');
  const [handle, line] = [await slider.boundingBox(), await page.locator('.line').boundingBox()];
  expect((handle?.x ?? 0) > (line?.x ?? 0) + (line?.width ?? 0) / 2, '0 is on the right').toBe(true);
  await expectAccessible(page, 'Arabic tutorial');
  await page.context().close();
});

test('previews any screen, plainly marked, and stores nothing', async ({ browserName: _ }, info) => {
  test.setTimeout(60_000);
  const { page } = surface;
  const calls: string[] = [];
  page.on('request', (request) => void (request.url().includes('/participant.') && calls.push(request.url())));
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Regatta' }) });
  await page.reload();
  const before = await card.innerText();
  await card.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview' });
  await expect(preview.getByText('Nothing is stored')).toBeVisible();
  await expect(preview.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  const [option] = await preview.locator('option', { hasText: 'together' }).allInnerTexts();
  await preview.getByLabel('Screen').selectOption({ label: option });
  await expect(preview.getByText('0 of 5 placed')).toBeVisible();
  await showVariants(page, info);
  await page.setViewportSize({ width: 1280, height: 800 });
  await preview.getByRole('button', { name: 'Continue' }).click();
  await expect(preview.getByText('Please answer every question: 5 are still open.')).toBeVisible();
  await preview
    .getByLabel('Screen')
    .selectOption({ label: (await preview.locator('option', { hasText: 'attention' }).allInnerTexts())[0] });
  await preview.getByText('No', { exact: true }).click();
  await preview.getByRole('button', { name: 'Continue' }).click();
  await expect(preview.getByRole('heading', { name: 'About you' })).toBeVisible();
  await preview.getByRole('button', { name: 'Close the preview' }).click();
  await expect(preview).toBeHidden();
  expect(calls).toEqual([]);
  await page.reload();
  await expect.poll(() => card.innerText()).toBe(before);
});

/** The screen with every widget: dark, in the system's own colours, and at 200 %, where nothing runs out of the page. */
async function showVariants(page: Page, info: TestInfo): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1500 });
  for (const [name, media] of [
    ['dark', { colorScheme: 'dark' }],
    ['forced-colours', { colorScheme: 'light', forcedColors: 'active' }],
  ] as const) {
    await page.emulateMedia(media);
    await expectAccessible(page, name);
    await page.screenshot({ path: info.outputPath(`${name}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  // Zooming a window of 1280 × 800 to 200 % leaves it 640 × 400 of the page's own pixels.
  await page.setViewportSize({ width: 640, height: 400 });
  expect(await page.evaluate(() => document.querySelector('.participant')?.scrollWidth)).toBeLessThanOrEqual(640);
  await page.screenshot({ path: info.outputPath('zoomed.png') });
}
