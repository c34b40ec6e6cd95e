/** Seats a participant through the researcher's screen, on either surface. */
import type { Page } from '@playwright/test';
import { expect, type Surface } from './surface.ts';

/** Seats a participant as the researcher does, and gives their page. */
export async function seatParticipant({ page, station }: Surface, label: string, title = 'Field day'): Promise<Page> {
  return station(async () => {
    const study = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
    if (!(await study.getByLabel('Label').isVisible())) await study.getByText('Seat a participant').click();
    await study.getByLabel('Label').fill(label);
    await study.getByRole('button', { name: 'Seat' }).click();
    await expect(study.getByRole('status')).toContainText(label);
  });
}
