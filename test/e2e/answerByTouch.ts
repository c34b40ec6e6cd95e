/** A participant with fingers alone: taps lines, options and buttons, types where only typing answers, and goes on. */
import type { Locator, Page } from '@playwright/test';

async function tapLine(page: Page, line: Locator, share: number): Promise<void> {
  await line.scrollIntoViewIfNeeded();
  const box = await line.boundingBox();
  if (!box) throw new Error('a line without a box');
  await page.touchscreen.tap(box.x + box.width * share, box.y + box.height / 2);
}

async function tapChips(page: Page, grid: Locator): Promise<void> {
  await grid.scrollIntoViewIfNeeded();
  const box = await grid.boundingBox();
  if (!box) throw new Error('chips without a box');
  // All twenty in one column: its top.
  await page.touchscreen.tap(box.x + box.width * 0.45, box.y + 2);
}

/** Answers everything on the screen that is shown, and leaves it. `isWanted` says of an option whether it is to be chosen. */
export async function answerByTouch(page: Page, isWanted: (label: string) => boolean): Promise<void> {
  const main = page.locator('main');
  for (const box of await main.locator('.boxes input[type="checkbox"]').all()) await box.tap();
  for (const query of await main.locator('.query').all()) {
    const marks = await query.locator('.mark-field').count();
    for (const line of await query.locator('.line').all())
      for (let i = 0; i < Math.max(1, marks); i++) await tapLine(page, line, 0.1 + 0.17 * i);
    for (const grid of await query.locator('.chip-grid').all()) await tapChips(page, grid);
    const options = await query.locator('.option').all();
    const labels = await Promise.all(options.map((option) => option.innerText()));
    if (options.length > 0) await options[Math.max(0, labels.findIndex(isWanted))].tap();
  }
  await main.locator('.is-primary').last().tap();
}
