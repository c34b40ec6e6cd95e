/** Stations under strain in short: three browser stations, the host killed once, each station cut off: nothing lost, doubled or crossed. */
import { runStations } from '../stations/runStations.ts';
import { expect, test } from './surface.ts';

test('three stations outlive a killed host and lost networks with every answer once', async ({ browserName: _ }, {
  project,
}) => {
  test.skip(project.name !== 'browser', 'stations are browsers');
  test.setTimeout(240_000);
  const result = await runStations({ stations: 3, seconds: 20, kills: 1, cutSeconds: [2, 5], pageMs: 900, seed: 3 });
  expect(result).toMatchObject({ lost: 0, doubled: 0, crossed: 0, unfinished: 0, faults: [] });
  expect(result.imbalance).toBeLessThanOrEqual(1);
  expect(result.completed).toBeGreaterThanOrEqual(3);
});
