/** A participant from consent to the end: nothing is preset, nothing is lost by a reload, every answer reaches the store. */
import type { Page } from '@playwright/test';
import { passOpening } from './passOpening.ts';
import { seatParticipant } from './seatParticipant.ts';
import { expect, test } from './surface.ts';

/** The number of stored responses, as the researcher's screen shows it when it is loaded anew. */
async function responsesShown(home: Page): Promise<number> {
  await home.reload();
  const study = home.getByRole('listitem').filter({ has: home.getByRole('heading', { name: 'Field day' }) });
  const text = await study.getByText(/^[\d,]+ responses?$/).innerText();
  return Number.parseInt(text.replace(',', ''), 10);
}

const sliders = (page: Page) => page.getByRole('slider');
const fields = (page: Page) => page.locator('.rating-tools').getByRole('textbox');

test('goes from consent to the end, resuming after a reload', async ({ full }) => {
  const before = await responsesShown(full.page);
  const page = await seatParticipant(full, 'P1');
  await page.setViewportSize({ width: 1280, height: 800 });
  await passOpening(page);
  await expect(sliders(page).first()).toHaveAttribute('aria-valuetext', 'No answer yet');
  const total = 8;
  for (let index = 3; index <= total; index++) {
    await expect(page.getByText(`${index} of ${total}`, { exact: true })).toBeVisible();
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
  await expect(page.getByText('Your completion code')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await page.close();
  expect(await responsesShown(full.page)).toBe(before + 36);
});

test('shows no handle until a line is touched, links line and number, and asks for what is missing', async ({
  full,
}) => {
  const page = await seatParticipant(full, 'P2');
  await page.setViewportSize({ width: 1280, height: 800 });
  await passOpening(page);
  const line = page.locator('.line').first();
  const slider = sliders(page).first();
  const field = fields(page).first();
  await expect(line).toHaveClass('line is-unset');
  await expect(slider).toHaveCSS('opacity', '0');
  await expect(field).toHaveValue('');

  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Please answer every question: 6 are still open.')).toBeVisible();
  await expect(slider).toBeFocused();

  await line.click();
  await expect(field).toHaveValue('50');
  await expect(line).toHaveClass('line');
  await field.fill('7');
  await expect(slider).toHaveAttribute('aria-valuenow', '7');
  await slider.press('ArrowRight');
  await expect(field).toHaveValue('8');
  await slider.press('4');
  await expect(field, 'a digit belongs to the number').toHaveValue('4');
  await field.fill('');
  await expect(line).toHaveClass('line is-unset');
  await field.fill('101');
  await expect(line, 'what is out of range is no answer').toHaveClass('line is-unset');
  await page.close();
});

test('grabs a handle off its middle without a jump, and follows it beyond the end', async ({ full }) => {
  const page = await seatParticipant(full, 'P3');
  await page.setViewportSize({ width: 1280, height: 800 });
  await passOpening(page);
  const field = fields(page).first();
  await field.fill('40');
  const box = await page.locator('.line').first().boundingBox();
  if (!box) throw new Error('no line');
  const [x, y] = [box.x + 0.4 * box.width, box.y + box.height / 2];
  await page.mouse.move(x + 10, y);
  await page.mouse.down();
  await expect(field).toHaveValue('40');
  await page.mouse.move(x + 10 + 0.2 * box.width, y, { steps: 4 });
  await expect(field).toHaveValue('60');
  await page.mouse.move(box.x + box.width + 60, y, { steps: 2 });
  await expect(field).toHaveValue('100');
  await page.mouse.up();
  await page.mouse.move(x, y);
  await expect(field).toHaveValue('100');
  await page.close();
});

test('stops when the participant wants to, and says goodbye', async ({ full }) => {
  const page = await seatParticipant(full, 'P4');
  await passOpening(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Take your time.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Go on with the study' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop, and let my answers be used' }).click();
  await expect(page.getByText('Everything is saved. You can close this page.')).toBeVisible();
  await page.close();
});
