/** A lab station in a real browser: paired by its code, waiting, seated, moved away, and back after the network process died. */
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../build/chromium.ts';
import { createHost, type Host } from '../../main/host.ts';
import type { StationKey } from '../../shared/lan.ts';
import { CHROMIUM_FLAGS, expect, test } from './surface.ts';
import { emptyWorkspace } from './workspaces.ts';

const researcher = { role: 'researcher' } as const;

async function seatNewParticipant(host: Host, stationId: string, label: string): Promise<void> {
  const studies = await host.handlers['studies.list']({}, researcher);
  const { versionId } = studies.find(({ slug }) => slug === 'field-day') ?? studies[0];
  const { sessionId } = await host.handlers['sessions.open']({ versionId, stage: 'draft', seed: 1 }, researcher);
  const { participantId } = await host.handlers['sessions.addParticipant']({ sessionId, label }, researcher);
  await host.handlers['stations.seat']({ stationId, participantId }, researcher);
}

test('pairs by code, waits, shows the study when somebody is seated, and waits again', async ({ browserName: _ }, {
  project,
}) => {
  test.skip(project.name !== 'browser', 'a station is a browser');
  const host = await createHost({ workspace: emptyWorkspace(), mode: 'headless' });
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    const opened = await host.handlers['lan.open']({ address: '127.0.0.1', port: 0, network: 'isolated' }, researcher);
    const key: StationKey = await host.handlers['stations.add']({ label: 'LAB01' }, researcher);
    const page: Page = await browser.newPage();
    await page.goto(opened.open?.url ?? '');
    await page.getByLabel('Code').fill('ABCDEF');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('alert')).toContainText('This code is not good');
    await page.getByLabel('Code').fill(key.code.toLowerCase());
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('heading', { name: 'Please wait' })).toBeVisible();
    await seatNewParticipant(host, key.stationId, 'P1');
    await expect(page.getByRole('heading', { name: 'Taking part' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Taking part' })).toBeVisible();
    await host.handlers['stations.clear']({ stationId: key.stationId }, researcher);
    await expect(page.getByRole('heading', { name: 'Please wait' })).toBeVisible();
    await host.handlers['stations.remove']({ stationId: key.stationId }, researcher);
    await expect(page.getByLabel('Code')).toBeVisible();
  } finally {
    await browser.close();
    await host.close();
  }
});
