/**
 * How long built-in scenarios take from motif to training data: `node test/bench/datasetBuild.ts [COUNT] [PRECISION]`. Prints scenarios by
 * cell, processor seconds per scenario and what 10,000 would take on two cores, and the memory of the host process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkScenario } from '../../engine/scenario/checker.ts';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import { describeDataset } from '../../main/commands/datasetReport.ts';
import { buildDataset } from '../../main/jobs/datasetBuild.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';

const [count = 128, precision = 0.5] = process.argv.slice(2).map(Number);
const workers = availableParallelism();
const folder = mkdtempSync(join(tmpdir(), 'credence-bench-'));

const generatedAt = performance.now();
const scenarios = [...generateScenarios({ domain: 'sports', count, seed: 1 })];
const checkedAt = performance.now();
const faults = scenarios.flatMap(checkScenario).length;
const builtAt = performance.now();

const pool = createInferencePool({ workers });
let done = 0;
const summary = await buildDataset(
  { scenarios, outDir: join(folder, 'dataset'), pool, seed: 1, precision, total: count },
  {
    onProgress: (progress) => {
      if (progress.done >= done + count / 8) process.stderr.write(`${(done = progress.done)}/${count}\n`);
    },
  },
);
await pool.stop();
const endedAt = performance.now();
rmSync(folder, { recursive: true, force: true });

const perScenario = (milliseconds: number): string => `${(milliseconds / count).toFixed(2)} ms per scenario`;
const wallSeconds = (endedAt - builtAt) / 1000;
console.log(describeDataset(summary));
console.log(
  `generated: ${perScenario(checkedAt - generatedAt)}; checked: ${perScenario(builtAt - checkedAt)}, ${faults} faults`,
);
console.log(
  `built: ${wallSeconds.toFixed(0)} s with ${workers} workers; at this rate 10,000 take ${((wallSeconds * 10_000) / count / 60).toFixed(1)} minutes`,
);
console.log(`host memory at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
