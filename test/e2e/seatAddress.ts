/** Seats a participant through the researcher's screen in a browser, and gives the address they answer at. */
import { expect, type Surface } from './surface.ts';

export async function seatAddress({ page }: Surface, label: string, title: string): Promise<string> {
  const study = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
  if (!(await study.getByLabel('Label').isVisible())) await study.getByText('Seat a participant').click();
  await study.getByLabel('Label').fill(label);
  await study.getByRole('button', { name: 'Seat' }).click();
  await expect(study.getByRole('status')).toContainText(label);
  return (await study.getByRole('link', { name: 'this address' }).getAttribute('href')) ?? '';
}
