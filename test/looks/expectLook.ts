/** Compares a screen with its references: two window sizes, light and dark. */
import { expect, type Page } from '@playwright/test';
import { reduceColours } from './palettePng.ts';
import { steadyText } from './steadyText.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** A pixel differs from this distance of colours on, of 0–1; a screen, where more than this share of its pixels do. */
const TOLERANCE = { threshold: 0.2, maxDiffPixelRatio: 0.002 };

/** Milliseconds without a change after which a page counts as painted, and the most that are waited for. */
const STILL = { quietMs: 200, mostMs: 6_000 };

/** Waits until the fonts are there and nothing on the page has changed for a while. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(async ({ quietMs, mostMs }) => {
    await document.fonts.ready;
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, quietMs);
      const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(resolve, quietMs);
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      setTimeout(resolve, mostMs);
    });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, STILL);

/** Takes the pictures `name-<width>-<scheme>.png` of the page as it stands; what differs is reported, and the next screen follows. */
export async function expectLook(page: Page, name: string): Promise<void> {
  for (const size of SIZES)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settle(page);
      await steadyText(page);
      const picture = reduceColours(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
      expect.soft(picture).toMatchSnapshot(`${name}-${size.width}-${colorScheme}.png`, TOLERANCE);
    }
}
