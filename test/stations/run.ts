/**
 * `npm run test:stations [stations] [seconds] [awaySeconds]`: stations under strain (12, 600 s), the host killed twice and away for so long each
 * time (0 s: started again at once), each station cut off for one to five minutes (or a tenth to a half of the time, where that is less).
 * The last line is the verdict; the exit code is 1 where anything was lost, doubled, crossed, unfinished or unbalanced.
 */
import { runStations } from './runStations.ts';

const [stations = 12, seconds = 600, awaySeconds = 0] = process.argv.slice(2).map(Number);
const cutSeconds = seconds >= 600 ? ([60, 300] as const) : ([seconds / 10, seconds / 2] as const);
const startedAt = performance.now();
const log = (text: string): void => console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s: ${text}`);
const plan = { stations, seconds, awaySeconds, kills: 2, cutSeconds, pageMs: 2500, seed: 1, log };
const result = await runStations(plan);
console.log(result);
const { lost, doubled, crossed, imbalance, faults, unfinished, cells, responses, completed } = result;
const isGood = lost + doubled + crossed + faults.length + unfinished === 0 && imbalance <= 1 && completed >= stations;
const balance = Object.entries(cells).map(([cell, filled]) => `${cell}: ${filled}`);
console.log(
  `${isGood ? 'PASSED' : 'FAILED'}: ${responses} responses of ${completed} people; lost ${lost}, doubled ${doubled}, crossed ${crossed}, ` +
    `unfinished ${unfinished}, faults ${faults.length}; balance ${balance.join(', ')} (within ${imbalance})`,
);
process.exitCode = isGood ? 0 : 1;
