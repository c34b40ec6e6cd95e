/** `npm run test:disk [points] [seed]`: a disk that fills up at that many points. */
import { canMount } from '../main/smallDisk.ts';
import { runDiskFull } from './diskFull.ts';

const [points = 100, seed = 1] = process.argv.slice(2).map(Number);
console.log(`full disks: ${points}, seed: ${seed}`);
if (canMount()) {
  const result = await runDiskFull(points, seed);
  console.table({ ...result, reasons: JSON.stringify(result.reasons) });
  const isGood =
    result.lost + result.doubled + result.faults === 0 && result.slowestRefusalMs < 1000 && result.refused > points / 2;
  console.log(isGood ? 'disk: passed' : 'disk: FAILED');
  process.exitCode = isGood ? 0 : 1;
}
