/** A participant from consent to the end: nothing is preset, nothing is lost by a reload, every answer reaches the store. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { seatParticipant } from './seatParticipant.ts';
import { expect, test } from './surface.ts';

const sliders = (page: Page) => page.getByRole('slider');
/** The number of stored responses, as the researcher's screen shows it when it is loaded anew. */
async function responsesShown(home: Page): Promise<number> {
  await home.reload();
  const text = await home.getByText(/^[\d,]+ responses?$/).innerText();
  return Number.parseInt(text.replace(',', ''), 10);
}

const fields = (page: Page) => page.getByRole('spinbutton');

test('goes from consent to the end, resuming after a reload', async ({ full }, info) => {
  const before = await responsesShown(full.page);
  const page = await seatParticipant(full, 'P1');
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole('heading', { name: 'Taking part' })).toBeVisible();
  await page.screenshot({ path: info.outputPath('consent.png') });
  await page.getByRole('button', { name: 'I agree to take part' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(sliders(page).first()).toHaveAttribute('aria-valuetext', 'not answered yet');
  const total = 8;
  for (let index = 3; index <= total; index++) {
    await expect(page.getByText(`Page ${index} of ${total}`)).toBeVisible();
    const count = await fields(page).count();
    expect(count).toBeGreaterThan(0);
    for (let i = 0; i < count; i++)
      await fields(page)
        .nth(i)
        .fill(String((index * 10 + i) % 101));
    if (index === 4) {
      await page.reload();
      await expect(fields(page).nth(1), 'answers made before the reload are still there').toHaveValue('41');
    }
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await page.close();
  expect(await responsesShown(full.page)).toBe(before + 36);
});

test('shows no handle until a line is touched, links line and number, and asks for what is missing', async ({
  full,
}, info) => {
  const page = await seatParticipant(full, 'P2');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'I agree to take part' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  const slider = sliders(page).first();
  const field = fields(page).first();
  await expect(slider).toHaveClass('is-unset');
  await expect(field).toHaveValue('');

  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toHaveText('Please answer every question, then continue.');
  await expect(field).toBeFocused();

  // The middle is where the hidden handle rests: pressing there is an answer too.
  await slider.click();
  await expect(field).toHaveValue('50');
  await expect(slider).not.toHaveClass('is-unset');
  await field.fill('7');
  await expect(slider).toHaveJSProperty('value', '7');
  await slider.press('ArrowRight');
  await expect(field).toHaveValue('8');
  await field.fill('');
  await expect(slider).toHaveClass('is-unset');
  await field.fill('101');
  await expect(slider).toHaveClass('is-unset');

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    await page.screenshot({ path: info.outputPath(`scenario-${colorScheme}.png`) });
  }
  await page.close();
});
