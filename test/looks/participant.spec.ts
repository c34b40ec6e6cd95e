/** How a participant's screens look: a bundled study from consent to the end. */
import { test } from '@playwright/test';
import { seatAddress } from '../e2e/seatAddress.ts';
import { openSurface } from '../e2e/surface.ts';
import { isOver, nextScreen, tryAndAnswer } from '../e2e/walkScreens.ts';
import { emptyWorkspace } from '../e2e/workspaces.ts';
import { expectLook } from './expectLook.ts';

const MOST_SCREENS = 40;

test('every screen of the bundled study', async () => {
  const surface = await openSurface('browser', emptyWorkspace());
  try {
    const address = await seatAddress(surface, 'P1', 'Field day');
    const page = await surface.page.context().newPage();
    await page.goto(address);
    let shown = await nextScreen(page, '');
    for (let step = 0; ; step++) {
      if (step > MOST_SCREENS) throw new Error(`no end in sight at: ${shown}`);
      const isLast = await isOver(page);
      // The scenarios after the first look like it.
      if (step < 3 || isLast) await expectLook(page, `participant-${isLast ? 'end' : step}`);
      if (isLast) return;
      await tryAndAnswer(page, () => true);
      shown = await nextScreen(page, shown);
    }
  } finally {
    await surface.close();
  }
});
