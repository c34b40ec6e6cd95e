/** `npm run test:disk [points] [seed]`: a disk that fills up, fails or turns read-only at that many points. */
import { canMount } from '../main/smallDisk.ts';
import { runDiskFull } from './diskFull.ts';

const [points = 100, seed = 1] = process.argv.slice(2).map(Number);
console.log(`failing disks: ${points}, seed: ${seed}`);
if (canMount()) {
  const result = await runDiskFull(points, seed);
  console.table({ ...result, faults: result.faults.length, reasons: JSON.stringify(result.reasons) });
  for (const fault of result.faults) console.log(fault);
  const { lost, doubled, outOfOrder, faults, refused, isCaught, slowestRefusalMs, slowestOpenMs } = result;
  const isGood =
    lost + doubled + outOfOrder + faults.length === 0 &&
    isCaught &&
    slowestRefusalMs < 1000 &&
    slowestOpenMs < 2000 &&
    refused > points / 2;
  console.log(
    `disk: ${isGood ? 'passed' : 'FAILED'}: n ${points} failing disks (${refused} refused in at most ${slowestRefusalMs.toFixed(0)} ms), lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}, faults ${faults.length}, reopened in at most ${slowestOpenMs.toFixed(0)} ms, negative control ${isCaught ? 'caught' : 'MISSED'}`,
  );
  process.exitCode = isGood ? 0 : 1;
} else {
  console.log('disk: not run: n 0');
}
