/** How the home screen looks: at both sizes, in light and dark, by axe's rules and on screenshots to be looked at. The pages of both surfaces are the same, so this runs over one. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './surface.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

for (const { width, height } of SIZES)
  for (const colorScheme of ['light', 'dark'] as const)
    test(`is accessible and overflows nowhere at ${width}×${height}, ${colorScheme}`, async ({ full }, info) => {
      const { page } = full;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await expect(page.getByRole('img').first()).toBeVisible();
      const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
        [],
      );
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      const path = info.outputPath(`home-${width}-${colorScheme}.png`);
      await page.screenshot({ path });
      await page.screenshot({ path: path.replace('.png', '-whole.png'), fullPage: true });
    });
