/** `credence dataset validate`: which programs may label their scenarios, and what share of each motif cell is lost. */
import { availableParallelism } from 'node:os';
import { UserError } from '../../shared/errors.ts';
import { describeLosses } from '../jobs/lossTally.ts';
import { validatePrograms } from '../jobs/programValidation.ts';
import { countScenarios, readScenarios } from '../jobs/scenarioFiles.ts';
import { createInferencePool } from '../processes/inferencePool.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

const OPERATION = 'dataset validate';

export const datasetValidate = defineCommand({
  name: OPERATION,
  summary: 'Check programs against their scenarios and keep those that pass',
  positionals: [],
  options: {
    scenarios: { type: 'string', placeholder: 'DIR', description: 'folder with scenarios.jsonl, or a file like it' },
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write scenarios, rejections and verdicts into' },
    workers: { type: 'number', integer: true, min: 1, max: 256, description: 'processes; one per core if absent' },
    seed: { type: 'number', integer: true, min: 0, max: 2 ** 31, description: 'seed; 1 if absent' },
    json: { type: 'boolean', description: 'print the summary as JSON' },
  },
  async run(values, _positionals, context) {
    const { scenarios: from, out, seed = 1 } = values;
    if (from === undefined || out === undefined)
      throw new UserError(`${OPERATION}: --${from === undefined ? 'scenarios' : 'out'} is missing`, {
        hint: 'credence dataset validate --scenarios scenarios --out checked',
      });
    const total = await countScenarios(OPERATION, from);
    const bar = createProgressBar(context);
    const pool = createInferencePool({ workers: values.workers ?? availableParallelism() });
    try {
      const summary = await validatePrograms(
        { scenarios: readScenarios(OPERATION, from), total, outDir: out, pool, seed },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      context.out(
        values.json ? `${JSON.stringify(summary)}\n` : `${describeLosses(summary.losses)}${summary.folder}\n`,
      );
    } finally {
      bar.finish();
      await pool.stop();
    }
  },
});
