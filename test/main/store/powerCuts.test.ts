/** Power cuts, the short version: `npm run test:power` opens thousands of crash images. */
import { describe, expect, it } from 'vitest';
import { runPowerCuts } from '../../power/crashImages.ts';

const seed = 5;

describe('a power cut', () => {
  it('in log, write-ahead log or checkpoint loses no acknowledged answer, whatever part of the unsynced writes arrived', async () => {
    const result = await runPowerCuts({ images: 45, answers: 180, seed });
    expect(result, `seed ${seed}`).toMatchObject({
      inLog: 15,
      inWal: 15,
      inCheckpoint: 15,
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
      unopened: 0,
    });
  });

  it('would lose answers without syncs and log: the test can fail', async () => {
    const control = await runPowerCuts({ images: 8, answers: 20, seed }, false);
    expect(control.lost).toBeGreaterThan(0);
  });
});
