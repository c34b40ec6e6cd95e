/** Checks a page against the rules of axe. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails where the page breaks a rule; `where` says which screen it is. */
export async function expectAccessible(page: Page, where = ''): Promise<void> {
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    where,
  ).toEqual([]);
}
