/** `npm run test:kill [cycles] [clients] [seed]`: prints a table and fails unless nothing acknowledged was lost, doubled or moved. */
import { runKillCycles } from './killCycles.ts';

const [cycles = 200, clients = 8, seed = 1] = process.argv.slice(2).map(Number);
console.log(`kill cycles: ${cycles}, clients: ${clients}, seed: ${seed}`);
const startedAt = performance.now();
const result = await runKillCycles({
  cycles,
  clients,
  seed,
  onCycle: (text) => {
    if (process.env.VERBOSE) console.log(text);
  },
});
console.table({ ...result, faults: result.faults.length, ackMs: JSON.stringify(result.ackMs) });
for (const fault of result.faults) console.log(fault);
console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
const { acknowledged, lost, doubled, outOfOrder, altered, faults, isCaught, slowestOpenMs } = result;
const isGood =
  acknowledged > 0 && lost + doubled + outOfOrder + altered + faults.length === 0 && isCaught && slowestOpenMs < 2000;
console.log(
  `kill: ${isGood ? 'passed' : 'FAILED'}: n ${cycles} cycles (${acknowledged} acknowledged), lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}, altered ${altered}, faults ${faults.length}, reopened in at most ${slowestOpenMs.toFixed(0)} ms, negative control ${isCaught ? 'caught' : 'MISSED'}`,
);
process.exitCode = isGood ? 0 : 1;
