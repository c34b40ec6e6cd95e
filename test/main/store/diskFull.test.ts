/** Full disks, the short version: `npm run test:disk` fills one at a hundred points. */
import { describe, expect, it } from 'vitest';
import { runDiskFull } from '../../diskFull/diskFull.ts';
import { canMount } from '../smallDisk.ts';

describe.skipIf(!canMount())('a disk that fills up at any byte, fails or turns read-only', () => {
  it('is named at once, costs nothing acknowledged, and needs only to work again', async () => {
    const seed = 4;
    const result = await runDiskFull(12, seed);
    expect(result, `seed ${seed}`).toMatchObject({
      points: 12,
      refused: 12,
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
      isCaught: true,
      faults: [],
      reasons: {
        'the disk is full': 4,
        'the disk reported an input/output error': 4,
        'the file system is read-only': 4,
      },
    });
  });
});
