/** The attacks on a lab network, briefly: nothing gets through, nothing dies, and no station's answer fails. `npm run test:lan` runs them longer and times them. */
import { expect, it } from 'vitest';
import { runAttacks } from '../../lanAttacks/lanAttacks.ts';

it('lets no attack through and keeps serving the stations', { timeout: 60_000 }, async () => {
  const { rows, end, acknowledged } = await runAttacks({ stations: 4, ms: 1000 });
  for (const { attack, breaches, failed, tried } of rows) {
    expect({ attack, breaches, failed }).toEqual({ attack, breaches: [], failed: 0 });
    if (attack !== 'none') expect(tried, attack).toBeGreaterThan(20);
  }
  expect(acknowledged).toBeGreaterThan(20);
  expect(end).toMatchObject({ deaths: 0, responses: acknowledged, faults: [] });
});
