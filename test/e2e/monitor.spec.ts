/** The live monitor: who is where, the gate, pausing one, and that it shows no answer. */
import AxeBuilder from '@axe-core/playwright';
import { seatParticipant } from './seatParticipant.ts';
import { expect, test } from './surface.ts';

test('shows participants live, holds them at the gate and pauses one, without their answers', async ({
  full,
}, info) => {
  const { page } = full;
  const station = await seatParticipant(full, 'M1');
  await page.getByRole('link', { name: 'Monitor' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Monitor' })).toBeVisible();
  const choice = page.getByLabel('Session');
  const option = choice.getByRole('option').filter({ hasText: 'Field day, pilot' }).first();
  await choice.selectOption((await option.getAttribute('value')) ?? '');
  const tile = page.getByRole('list', { name: 'Participants' }).getByRole('listitem').filter({ hasText: 'M1' }).first();
  await expect(tile).toContainText('checked-in');
  await expect(tile).toContainText('0 of 8');
  await page.getByRole('button', { name: 'Shut the gate' }).click();
  await expect(tile).toContainText('waits at the gate');
  await page.getByRole('button', { name: 'Open the gate' }).click();
  await expect(tile).not.toContainText('waits at the gate');
  await tile.getByText('Actions for M1').click();
  await tile.getByRole('button', { name: 'Pause' }).click();
  await expect(tile).toContainText('paused by you');
  await tile.getByRole('button', { name: 'Let go on' }).click();
  await expect(tile).not.toContainText('paused by you');
  await page.setViewportSize({ width: 1280, height: 800 });
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  await page.screenshot({ path: info.outputPath('monitor.png') });
  await tile.getByRole('button', { name: 'Stop' }).click();
  await tile.getByRole('button', { name: 'Press again to stop for good' }).click();
  await expect(tile).toContainText('aborted');
  await station.close();
  await page.getByRole('link', { name: 'Studies and reports' }).click();
});
