/** Going through a participant's screens: waiting for the next, knowing the last, answering what lies between. */
import { expect, type Page } from '@playwright/test';
import { answerByKeyboard } from './answerByKeyboard.ts';

/** Waits until the next screen is shown, and says which. */
export async function nextScreen(page: Page, before: string): Promise<string> {
  const read = (): Promise<string> => page.evaluate(() => document.querySelector('main.content')?.textContent ?? '');
  await expect.poll(read).not.toBe(before);
  // The second frame presents it; before that no input counts.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return read();
}

/** Whether the last screen is shown. */
export const isOver = (page: Page): Promise<boolean> => page.locator('.sheet.is-end').isVisible();

/** Leaves the screen that is shown by keyboard: the tutorial wants its steps; everything else wants an answer. */
export async function tryAndAnswer(page: Page, isWanted: (label: string) => boolean): Promise<void> {
  if (await page.getByText('Trying it out').isVisible()) {
    await page.getByRole('slider').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Backspace', 'ArrowUp']) await page.keyboard.press(key);
    await expect(page.getByText('You know how it works.')).toBeVisible();
  }
  // A break cannot be left before its time.
  await expect(page.getByText('You can continue in')).toBeHidden();
  await answerByKeyboard(page, isWanted);
}
