/** Simulated people in short: cells within one, sequences made again equal the stored ones, and the planted correlation comes out. */
import { expect, it } from 'vitest';
import { resource } from '../../main/resources.ts';
import { loadStudy } from '../../main/studies.ts';
import { runSimulation } from './simulate.ts';

const study = loadStudy(resource('studies', 'ladder'));
/** Normal shapes around means that rise from scenario to scenario. */
const posteriors = Object.fromEntries(
  study.scenarios.map(({ id, queries }, s) => [
    id,
    {
      queries: Object.fromEntries(
        queries.map((query, q) => {
          const mean = 20 + 7 * s + 6 * q;
          const bins = Array.from({ length: 101 }, (_, x) => Math.exp(-((x - mean) ** 2) / 450));
          return [query.id, { mean, sd: 15, mcse: 0, bins }];
        }),
      ),
    },
  ]),
);

it('forty people: balance, the same sequences again, the planted correlation', { timeout: 60_000 }, async () => {
  const result = await runSimulation({ study, posteriors, participants: 40, seed: 5 });
  expect(result.balance).toHaveLength(8);
  expect(result.balance.map(({ completed, reserved }) => [completed, reserved])).toEqual(new Array(8).fill([5, 0]));
  expect(result.remade).toEqual({ wanted: 20, equal: 20 });
  const { planted, recovered } = result.correlation;
  expect(recovered.high - recovered.low).toBeLessThan(0.1);
  expect(recovered.low).toBeLessThan(planted.value);
  expect(recovered.high).toBeGreaterThan(planted.value);
  expect(recovered).toMatchObject({ isWithin: true, isPlausible: true });
});
