/** What the researcher's tests do on every screen: going there, and waiting for jobs. */
import { expect, type Page } from '@playwright/test';

const JOB_MS = 90_000;

/** Opens a screen by its place in the navigation. */
export const openScreen = (page: Page, screen: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();

/** Waits until the job of this title has ended, and expects it done. */
export async function expectDone(page: Page, title: string): Promise<void> {
  const jobs = page.getByRole('region', { name: 'Jobs' });
  if (!(await jobs.getByRole('list').isVisible())) await jobs.locator('summary').click();
  const job = jobs.getByRole('listitem').filter({ hasText: title });
  await expect(job).toContainText(/done|failed/, { timeout: JOB_MS });
  await expect(job).toContainText('done');
  await jobs.locator('summary').click();
}
