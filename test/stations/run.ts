/**
 * `npm run test:stations [stations] [seconds]`: stations under strain (12, 600 s), the host killed twice and each station cut off for one to five
 * minutes (or a tenth to a half of the time, where that is less).
 */
import { runStations } from './runStations.ts';

const [stations = 12, seconds = 600] = process.argv.slice(2).map(Number);
const cutSeconds = seconds >= 600 ? ([60, 300] as const) : ([seconds / 10, seconds / 2] as const);
const startedAt = performance.now();
const log = (text: string): void => console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s: ${text}`);
const result = await runStations({ stations, seconds, kills: 2, cutSeconds, pageMs: 2500, seed: 1, log });
console.log(result);
const { lost, doubled, crossed, imbalance, faults, unfinished } = result;
process.exitCode = lost + doubled + crossed + faults.length + unfinished === 0 && imbalance <= 1 ? 0 : 1;
