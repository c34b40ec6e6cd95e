/** Kill cycles, the short version: `npm run test:kill` runs hundreds. */
import { describe, expect, it } from 'vitest';
import { runKillCycles } from '../../kill/killCycles.ts';
import { FAST_PLACE } from './openLab.ts';

describe('a store that is killed while clients stream answers', () => {
  it('has everything it acknowledged, once, in order and unchanged, each time it is opened again', async () => {
    const seed = 11;
    const result = await runKillCycles({ cycles: 5, clients: 3, seed, place: FAST_PLACE });
    expect(result, `seed ${seed}`).toMatchObject({
      cycles: 5,
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
      altered: 0,
      faults: [],
      isCaught: true,
    });
    expect(result.acknowledged).toBeGreaterThan(10);
  });
});
