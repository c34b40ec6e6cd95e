/** Brings a participant of the bundled study past consent and instructions to the first scenario. */
import { expect, type Page } from '@playwright/test';

export async function passOpening(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'I agree to take part' }).click();
  await expect(page.getByRole('heading', { name: 'How it works' })).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
}
